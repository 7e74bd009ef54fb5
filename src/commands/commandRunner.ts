import { acceptFinding } from "./acceptFinding";
import { apply } from "./apply";
import { formatPolicy, sortActions, sortStatements } from "./arrangePolicy";
import { checkWorkspace } from "./checkWorkspace";
import { nodeOf } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { completeIntegration } from "./completeIntegration";
import { continueRun } from "./continueRun";
import { copyRoleArn } from "./copyRoleArn";
import { copyValue } from "./copyValue";
import { fillPlaceholder } from "./fillPlaceholder";
import { findAccess } from "./findAccess";
import { fixAllInWorkspace } from "./fixAllInWorkspace";
import { importPage } from "./importPage";
import { newIntegration } from "./newIntegration";
import { newVendorDefinition } from "./newVendorDefinition";
import { openDocument } from "./openDocument";
import { openInConsole } from "./openInConsole";
import { openVendorPage } from "./openVendorPage";
import { applyPlan, closePlan, plan, planAgain } from "./plan";
import { refresh } from "./refresh";
import { remove } from "./remove";
import { rollBack } from "./rollBack";
import { rotateAccessKey } from "./rotateAccessKey";
import { selectDocumentKind } from "./selectDocumentKind";
import { selectProfile } from "./selectProfile";
import { showDrift } from "./showDrift";
import { showError } from "./showError";
import { showOutput } from "./showOutput";
import { showPermissions } from "./showPermissions";
import { showPlanChanges, showStep } from "./showPlanChanges";
import { takeLive } from "./takeLive";
import { verify } from "./verify";

type Command = (context: CommandContext, argument: unknown) => Promise<void> | void;

/** By their ids in package.json, which `forwardCommands` registers. */
export const commands: Readonly<Record<string, Command>> = {
  "vendorAccess.newIntegration": newIntegration,
  "vendorAccess.completeIntegration": completeIntegration,
  "vendorAccess.newVendorDefinition": newVendorDefinition,
  "vendorAccess.importPage": importPage,
  "vendorAccess.plan": plan,
  "vendorAccess.planAgain": planAgain,
  "vendorAccess.showPlanChanges": showPlanChanges,
  "vendorAccess.showStep": showStep,
  "vendorAccess.applyPlan": applyPlan,
  "vendorAccess.closePlan": closePlan,
  "vendorAccess.apply": apply,
  "vendorAccess.verify": verify,
  "vendorAccess.findAccess": findAccess,
  "vendorAccess.showDrift": showDrift,
  "vendorAccess.takeLive": takeLive,
  "vendorAccess.rotateAccessKey": rotateAccessKey,
  "vendorAccess.showPermissions": showPermissions,
  "vendorAccess.remove": remove,
  "vendorAccess.continue": continueRun,
  "vendorAccess.rollBack": rollBack,
  "vendorAccess.refresh": refresh,
  "vendorAccess.checkWorkspace": checkWorkspace,
  "vendorAccess.fixAllInWorkspace": fixAllInWorkspace,
  "vendorAccess.formatPolicy": formatPolicy,
  "vendorAccess.sortActions": sortActions,
  "vendorAccess.sortStatements": sortStatements,
  "vendorAccess.selectDocumentKind": selectDocumentKind,
  "vendorAccess.selectProfile": selectProfile,
  "vendorAccess.openDocument": openDocument,
  "vendorAccess.openInConsole": openInConsole,
  "vendorAccess.openVendorPage": openVendorPage,
  "vendorAccess.copyRoleArn": copyRoleArn,
  "vendorAccess.copyValue": copyValue,
  "vendorAccess.showOutput": showOutput,
  "vendorAccess.fillPlaceholder": fillPlaceholder,
  "vendorAccess.acceptFinding": acceptFinding,
};

/** Runs a command of package.json. An error of any of them is shown in one place, which can run it again. */
export type RunCommand = (id: string, argument: unknown) => Promise<void>;

export function commandRunner(context: CommandContext): RunCommand {
  const run: RunCommand = async (id, argument) => {
    // The same row when it is run again, whatever is selected by then.
    const meant = nodeOf(context, argument) ?? argument;
    try {
      await commands[id]?.(context, meant);
    } catch (error) {
      // Not awaited: the command is over, whether the message is answered or not.
      void showError(context, error, [], () => run(id, meant));
    }
  };
  return run;
}
