import { acceptFinding } from "./acceptFinding";
import { apply } from "./apply";
import { checkWorkspace } from "./checkWorkspace";
import type { CommandContext } from "./commandContext";
import { copyRoleArn } from "./copyRoleArn";
import { copyValue } from "./copyValue";
import { fillPlaceholder } from "./fillPlaceholder";
import { newIntegration } from "./newIntegration";
import { openDocument } from "./openDocument";
import { openInConsole } from "./openInConsole";
import { openVendorPage } from "./openVendorPage";
import { plan } from "./plan";
import { refresh } from "./refresh";
import { remove } from "./remove";
import { selectProfile } from "./selectProfile";
import { showError } from "./showError";
import { showOutput } from "./showOutput";
import { verify } from "./verify";

type Command = (context: CommandContext, argument: unknown) => Promise<void> | void;

/** By their ids in package.json, which `forwardCommands` registers. */
export const commands: Readonly<Record<string, Command>> = {
  "vendorAccess.newIntegration": newIntegration,
  "vendorAccess.plan": plan,
  "vendorAccess.apply": apply,
  "vendorAccess.verify": verify,
  "vendorAccess.remove": remove,
  "vendorAccess.refresh": refresh,
  "vendorAccess.checkWorkspace": checkWorkspace,
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

/** Runs a command of package.json. An error of any of them is shown in one place. */
export type RunCommand = (id: string, argument: unknown) => Promise<void>;

export function commandRunner(context: CommandContext): RunCommand {
  return async (id, argument) => {
    try {
      await commands[id]?.(context, argument);
    } catch (error) {
      // Not awaited: the command is over, whether the message is answered or not.
      void showError(context, error);
    }
  };
}
