export const sandboxAccountId: string;

export interface AwsProfiles {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

export function writeAwsProfiles(endpoint: string): AwsProfiles;
export function withAwsEnvironment(env: Readonly<Record<string, string>>): Record<string, string | undefined>;
export function useAwsEnvironment(env: Readonly<Record<string, string>>): () => void;
