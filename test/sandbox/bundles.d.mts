/** The absolute paths of a bundle in dist/ and of all that is loaded with it. */
export function withShared(name: string): readonly string[];
