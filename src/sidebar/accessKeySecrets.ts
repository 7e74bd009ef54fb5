import type * as vscode from "vscode";

const prefix = "vendorAccess";

/** The secrets of access keys made for a vendor's user, in VS Code's SecretStorage and nowhere else. */
export class AccessKeySecrets {
  readonly onDidChange: vscode.Event<unknown>;

  constructor(private readonly storage: vscode.SecretStorage) {
    this.onDidChange = storage.onDidChange;
  }

  keep(integrationId: string, accessKeyId: string, secretAccessKey: string): Thenable<void> {
    return this.storage.store(`${prefix}/${integrationId}/${accessKeyId}`, secretAccessKey);
  }

  get(integrationId: string, accessKeyId: string): Thenable<string | undefined> {
    return this.storage.get(`${prefix}/${integrationId}/${accessKeyId}`);
  }

  /** The ids of the access keys whose secret is kept here, by the integration's id. */
  async accessKeyIds(): Promise<ReadonlyMap<string, readonly string[]>> {
    const ids = new Map<string, string[]>();
    for (const key of await this.storage.keys()) {
      const [start, integrationId, accessKeyId] = key.split("/");
      if (start === prefix && integrationId && accessKeyId)
        ids.set(integrationId, [...(ids.get(integrationId) ?? []), accessKeyId]);
    }
    return ids;
  }

  /** After the access keys themselves are deleted. */
  async forget(integrationId: string, accessKeyIds: readonly string[]): Promise<void> {
    for (const accessKeyId of accessKeyIds) await this.storage.delete(`${prefix}/${integrationId}/${accessKeyId}`);
  }
}
