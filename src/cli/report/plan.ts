import type { HandBackItem, Identity, Plan, ResourceState, Step } from "../../account/account";
import type { Comparison } from "../../policy/explain/explanation";
import type { Style } from "../style";

/** `account 210987654321 (profile production)` */
export function describeIdentity({ account, profile }: Identity): string {
  return `account ${account} (profile ${profile})`;
}

/** A plan for a person: who gets what in which account, then what is done, then what stays. */
export function describePlan(
  plan: Plan,
  grants: readonly string[],
  style: Style,
  change?: Comparison | undefined,
): string {
  const { identity, integration, steps, refusals, notes, action } = plan;
  const verb = { apply: "Apply", remove: "Remove", rotate: "Rotate the access key of", "roll-back": "Roll back" }[
    action
  ];
  const sections = [
    [style.strong(`${verb} ${integration.name} in ${describeIdentity(identity)}`)],
    titled(action === "remove" ? "Access that this takes away:" : "Access that this gives:", grants, style),
    titled("More access than now:", change?.widened ?? [], style),
    titled("Less access than now:", change?.narrowed ?? [], style),
    titled(
      "Steps:",
      steps.map((step) => describeStep(step, style)),
      style,
    ),
    titled(action === "remove" ? "Is kept:" : "Stays as it is:", notes, style),
    titled("Refused:", refusals.map(style.error), style),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function describeStep({ verb, sentence }: Step, style: Style): string {
  const mark = { create: style.good("+"), update: style.warning("~"), delete: style.error("-") }[verb];
  return `${mark} ${sentence}`;
}

export function describeResource({ kind, name, status, differences }: ResourceState, style: Style): string {
  const mark = status === "in-sync" ? style.good("✓ in sync ") : style.error(`✗ ${status.padEnd(8)}`);
  return [`${mark} ${kind.replaceAll("-", " ")} ${name}`, ...differences.map((difference) => `    ${difference}`)].join(
    "\n",
  );
}

/** `Role ARN: arn:…`, one line each. What has no value says why. */
export function describeHandBack(items: readonly HandBackItem[]): string {
  return items
    .map(({ label, value, secret }) => {
      const known = value ?? (secret ? "(AWS shows it only once, when it is made)" : "(not known yet)");
      return `${label}: ${known}\n`;
    })
    .join("");
}

/** As `--json` prints it: `value` is null where it is not known. */
export function handBackForJson(items: readonly HandBackItem[]) {
  return items.map(({ name, label, value, secret }) => ({ name, label, value: value ?? null, secret }));
}

function titled(title: string, lines: readonly string[], style: Style): readonly string[] {
  return lines.length === 0 ? [] : [style.faint(title), ...lines.map((line) => `  ${line}`)];
}
