import path from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { useAwsEnvironment, writeAwsProfiles } from "../sandbox/aws-profiles.mjs";
import { type Emulator, startEmulator } from "../sandbox/emulator.mjs";
import { type FaultProxy, startProxy } from "../sandbox/fault-proxy.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";

/** An emulated account with a proxy before it, which this process and the programs that it starts use. */
export interface World {
  readonly emulator: Emulator;
  readonly proxy: FaultProxy;
  /** For clients that go straight to the emulator, not seen by the proxy, like these. */
  readonly settings: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly kms: KMSClient;
  /** Where the journal is. */
  readonly stateFolder: string;
  close(): Promise<void>;
}

export async function openWorld(options: { readonly awsPolicies?: boolean } = {}): Promise<World> {
  const emulator = await startEmulator(options);
  const proxy = await startProxy(emulator.endpoint);
  const profiles = writeAwsProfiles(proxy.endpoint);
  const restore = useAwsEnvironment(profiles.env);
  const folder = temporaryFolder("va-state-");
  const stateBefore = process.env.XDG_STATE_HOME;
  process.env.XDG_STATE_HOME = folder; // for programs that a test starts
  const settings = {
    endpoint: emulator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIATEST000000000000", secretAccessKey: "test" },
  };
  return {
    emulator,
    proxy,
    settings,
    iam: new IAMClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    kms: new KMSClient(settings),
    stateFolder: path.join(folder, "vendor-access"),
    async close() {
      restore();
      profiles.remove();
      if (stateBefore === undefined) delete process.env.XDG_STATE_HOME;
      else process.env.XDG_STATE_HOME = stateBefore;
      removeTemporaryFolder(folder);
      await proxy.stop();
      await emulator.stop();
    },
  };
}
