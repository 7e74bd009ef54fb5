import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { nodeFileSystem } from "../../src/cli/nodeFileSystem";
import { newRequest } from "../../src/integration/newRequest";
import { scaffold } from "../../src/integration/scaffold";
import { findVendor } from "../../src/vendors/catalog";

/** Writes an integration as New Integration does, without a workbench. @returns the path of its folder */
export async function writeIntegration(
  workspace: string,
  name: string,
  {
    vendor = "activeloop-deep-lake",
    bucket = "training-data",
    account = "210987654321",
    kmsKeyArn,
  }: {
    readonly vendor?: string;
    readonly bucket?: string;
    readonly account?: string;
    readonly kmsKeyArn?: string;
  } = {},
): Promise<string> {
  const definition = findVendor(vendor);
  if (!definition) throw new Error(`No vendor ${vendor}`);
  const parameters = { buckets: [bucket], ...(kmsKeyArn !== undefined && { kmsKeyArn }) };
  const request = newRequest(definition, { account, parameters, roleName: name });
  await scaffold(nodeFileSystem(workspace, workspace), "vendor-access", {
    definition,
    request,
    name,
    id: randomUUID(),
  });
  return path.join(workspace, "vendor-access", name);
}

export function writeJson(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}
