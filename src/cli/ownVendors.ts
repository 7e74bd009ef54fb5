import nodePath from "node:path";
import { joinPath } from "../integration/documentPath";
import { UserError } from "../policy/userError";
import type { CliContext } from "./context";

/** Given before the command: `vendor-access --vendors DIR new acme`. */
const flag = "--vendors";

/**
 * Takes `--vendors DIR` from the front of the words and adds the vendors that the .json files of the folder define.
 *
 * @throws UserError usage without a folder, file when it can't be read, parameter-invalid for a definition that is refused
 */
export async function withOwnVendors(
  words: readonly string[],
  context: CliContext,
): Promise<{ readonly words: readonly string[]; readonly context: CliContext }> {
  const [first = "", second, ...rest] = words;
  const given = first.startsWith(`${flag}=`) ? first.slice(flag.length + 1) : first === flag ? second : undefined;
  if (first !== flag && given === undefined) return { words, context };
  if (!given)
    throw new UserError("usage", `${flag} needs a folder of vendor definitions: ${flag} .vendor-access/vendors`);
  const absolute = nodePath.resolve(context.currentDirectory, given);
  const fs = context.fileSystem(nodePath.dirname(absolute));
  const folder = nodePath.basename(absolute);
  if (!(await fs.exists(folder))) throw new UserError("file", `There is no folder ${given}, which ${flag} names.`);
  const names = (await fs.list(folder)).filter(({ name, directory }) => !directory && name.endsWith(".json"));
  const files = await Promise.all(
    names.map(async ({ name }) => [name, await fs.read(joinPath(folder, name))] as const),
  );
  const { definitions, refused } = await context.readVendors(new Map(files));
  if (refused.length > 0) {
    const lines = refused.map(({ path, reasons }) => `${nodePath.join(given, path)}: ${reasons.join(" ")}`);
    throw new UserError("parameter-invalid", `A vendor definition can't be used.\n${lines.join("\n")}`);
  }
  // With its getters: what a context works out when it is asked for must not be asked for here.
  const extended = Object.create(null, {
    ...Object.getOwnPropertyDescriptors(context),
    vendors: { value: [...context.vendors, ...definitions], enumerable: true },
  }) as CliContext;
  return { words: first === flag ? rest : words.slice(1), context: extended };
}
