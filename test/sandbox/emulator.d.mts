export interface Emulator {
  /** Base address, like http://127.0.0.1:5000 */
  readonly endpoint: string;
  readonly port: number;
  readonly accountId: string;
  /** Makes an AWS SDK use this account: profiles default, sandbox, expired. */
  readonly env: Readonly<Record<string, string>>;
  log(): string;
  /** Empties the account. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export function startEmulator(options?: { readonly awsPolicies?: boolean }): Promise<Emulator>;

export const seeded: {
  readonly plainBucket: string;
  readonly encryptedBucket: string;
  readonly frankfurtBucket: string;
  readonly keyAlias: string;
  readonly legacyRole: string;
};

export function seedAccount(endpoint: string): Promise<{ readonly kmsKeyArn: string }>;
