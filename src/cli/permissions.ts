import type { Purpose } from "../account/account";
import { formatJson } from "../policy/formatJson";
import type { JsonObject } from "../policy/json";
import { type Command, exitCode, jsonFlag } from "./command";
import { openIntegration } from "./openIntegration";

const purposes: readonly Purpose[] = ["plan", "apply", "remove", "verify", "rotate"];

export const permissionsCommand: Command = {
  name: "permissions",
  summary: "Print the least policy that you need to plan, apply, verify or remove an integration.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "Prints an IAM policy for you, not for the vendor: each action that is called, on exactly the ARNs that it is called on, whatever is in the account already. Give it to whoever manages the account. Nothing is asked of AWS; without an account in integration.json its place in the ARNs is `*`.",
    "What is useful and not needed is a policy of its own in --json: where it is refused, something is not known, and that is said.",
  ],
  flags: [
    { name: "for", value: "WHAT", choices: purposes, description: "What you want to do. Absent: apply." },
    jsonFlag,
  ],
  exitCodes: [
    { code: 0, meaning: "The policy was printed." },
    { code: 2, meaning: "Wrong usage, or unreadable input." },
  ],
  examples: ["vendor-access permissions vendor-access/jfrog --for apply > my-policy.json"],
  async run(args, context) {
    const { integration, shown } = await openIntegration(args.positionals[0] ?? ".", context);
    const purpose = purposes.find((each) => each === args.text("for")) ?? "apply";
    const account = await context.loadAccount();
    const { policy, useful } = account.neededPermissions(integration, purpose);
    if (args.is("json")) {
      context.print(`${JSON.stringify({ for: purpose, policy, useful }, null, 2)}\n`);
      return exitCode.fine;
    }
    context.print(formatJson(policy));
    const others = actionsOf(useful);
    if (others.length > 0) {
      context.say(`Useful to ${purpose} ${shown}, and not needed (--json has the ARNs): ${others.join(", ")}.`);
    }
    return exitCode.fine;
  },
};

function actionsOf(policy: JsonObject): readonly string[] {
  const statements = policy.Statement as readonly { readonly Action: readonly string[] }[]; // as the account room makes them
  return [...new Set(statements.flatMap(({ Action }) => Action))].sort();
}
