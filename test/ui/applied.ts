import { createAccountRoom } from "../../src/account/accountRoom";
import { systemClock } from "../../src/account/clock";
import { createJournal } from "../../src/account/journal/journal";
import { nodeFileSystem } from "../../src/cli/nodeFileSystem";
import { loadIntegration } from "../../src/integration/loadIntegration";
import { catalog } from "../../src/vendors/catalog";
import { useAwsEnvironment } from "../sandbox/aws-profiles.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import type { Ui } from "./harness.mjs";

/** Applies integrations of a workbench's workspace past the workbench, as the command line does. */
export async function applied(ui: Ui, ...names: readonly string[]): Promise<void> {
  const restore = useAwsEnvironment(ui.env);
  const state = temporaryFolder("va-applied-");
  try {
    const session = await createAccountRoom(systemClock, createJournal(state)).connect({ profile: "sandbox" });
    for (const name of names) {
      const files = nodeFileSystem(ui.folder, ui.folder);
      const integration = await loadIntegration(files, `vendor-access/${name}`, { vendors: catalog });
      if ("broken" in integration) throw new Error(`${name} can’t be read.`);
      const plan = session.planApply(integration, await session.read(integration));
      const { status, failure } = await session.execute(plan, {});
      if (status !== "done") throw new Error(`${name}: ${status}, ${failure?.message}`);
    }
  } finally {
    restore();
    removeTemporaryFolder(state);
  }
  ui.proxy.clear();
}
