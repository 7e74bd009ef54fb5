import * as vscode from "vscode";
import { addKeyPolicy } from "../integration/keyPolicyAdvice";
import { formatJson } from "../policy/formatJson";
import { UserError } from "../policy/userError";
import { notify } from "./notify";
import type { PlannedIntegration } from "./readAndPlan";

/**
 * Where only the policy of the bucket's key can let the vendor in: asks whether it is to. Never done without the answer;
 * another account's key is for its owner.
 *
 * @returns whether the documents have a key policy now that they did not have
 * @throws UserError cancelled when the person wants none of it
 */
export async function offerKeyPolicy({ keyAdvice, stored, plan }: PlannedIntegration): Promise<boolean> {
  const own = keyAdvice.filter((advice) => advice.own);
  const offered = own.length > 0 ? own : keyAdvice;
  const [first] = offered;
  if (!first || plan.steps.length === 0) return false;
  const add = "Add the Statement";
  const copy = "Copy the Statement";
  const without = "Go On Without";
  const statements = offered.map(({ statement }) => formatJson(statement)).join("\n");
  const pressed = await notify.warning(
    first.own
      ? `Let ${first.who} in by the policy of the KMS key, too?`
      : `The KMS key’s owner has to let ${first.who} in`,
    {
      modal: true,
      detail: [
        ...offered.map(({ sentence }) => sentence),
        `\n${statements}`,
        ...(first.own
          ? [
              "It is written into key-policy.json and becomes a step of the plan, beside the statements that the key’s policy has.",
            ]
          : []),
      ].join("\n"),
    },
    first.own ? add : copy,
    without,
  );
  if (pressed === undefined) throw new UserError("cancelled", "Nothing was applied.");
  if (pressed === copy) await vscode.env.clipboard.writeText(statements);
  if (pressed !== add) return false;
  await addKeyPolicy(stored.root.files, stored.integration, own);
  return true;
}
