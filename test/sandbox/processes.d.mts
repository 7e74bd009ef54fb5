export function temporaryFolder(prefix: string): string;
export function removeTemporaryFolder(folder: string): void;
