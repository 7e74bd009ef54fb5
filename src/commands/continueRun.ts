import { requireAws } from "./accountReach";
import { apply } from "./apply";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";
import { remove } from "./remove";
import { rollBack } from "./rollBack";
import { rotateAccessKey } from "./rotateAccessKey";

/** Goes on with what an apply, a removal or a roll back has left unfinished: plans anew, asks, and does the rest. */
export async function continueRun(context: CommandContext, argument: unknown): Promise<void> {
  requireAws();
  const { integration, uri } = await chooseIntegration(context, argument, "Continue");
  const [run] = await context.account.unfinishedRuns(integration.manifest.id);
  if (!run) {
    void notify.information(`Nothing of ${integration.name} is left unfinished on this machine.`);
    return;
  }
  await { apply, rotate: rotateAccessKey, remove, "roll-back": rollBack }[run.action](context, uri);
}
