import * as vscode from "vscode";
import { addKeyPolicy } from "../integration/keyPolicyAdvice";
import { formatJson } from "../policy/formatJson";
import { UserError } from "../policy/userError";
import type { PlannedIntegration } from "./readAndPlan";

/**
 * Where the account's IAM policies don't decide at the bucket's key: asks whether the key's policy is to let the role in.
 * Never done without the answer; another account's key is for its owner.
 *
 * @returns whether the documents have a key policy now that they did not have
 * @throws UserError cancelled when the person wants none of it
 */
export async function offerKeyPolicy({ keyAdvice, stored, plan }: PlannedIntegration): Promise<boolean> {
  const [advice] = [...keyAdvice].sort((a, b) => Number(b.own) - Number(a.own));
  if (!advice || plan.steps.length === 0) return false;
  const { own, sentence, statement } = advice;
  const add = "Add the Statement";
  const copy = "Copy the Statement";
  const without = "Go On Without";
  const pressed = await vscode.window.showWarningMessage(
    own ? "Let the role in by the policy of the KMS key, too?" : "The KMS key’s owner has to let the role in",
    {
      modal: true,
      detail: `${sentence}\n\n${formatJson(statement)}${own ? "\nIt is written into key-policy.json and becomes a step of the plan, beside the statements that the key’s policy has." : ""}`,
    },
    own ? add : copy,
    without,
  );
  if (pressed === undefined) throw new UserError("cancelled", "Nothing was applied.");
  if (pressed === copy) await vscode.env.clipboard.writeText(formatJson(statement));
  if (pressed !== add) return false;
  await addKeyPolicy(stored.root.files, stored.integration, advice);
  return true;
}
