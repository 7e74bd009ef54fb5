import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { startUi, type Ui } from "./harness.mjs";

/** A window whose profile is chosen, and the seeded account asked past the extension. In dark, as on the screenshots. */
export async function startSignedIn(workspace?: string): Promise<{
  readonly ui: Ui;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
}> {
  const ui = await startUi({
    ...(workspace !== undefined && { workspace }),
    machineSettings: { "vendorAccess.profile": "sandbox" },
    settings: { "workbench.colorTheme": "Default Dark Modern" },
  });
  const settings = {
    endpoint: ui.emulator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIATEST", secretAccessKey: "test" },
  };
  return { ui, iam: new IAMClient(settings), kms: new KMSClient(settings) };
}
