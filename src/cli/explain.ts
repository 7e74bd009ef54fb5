import { statSync } from "node:fs";
import nodePath from "node:path";
import { accessDocuments } from "../integration/accessDocuments";
import { awsPolicySentences } from "../integration/awsPolicySentences";
import { documentNames } from "../integration/buildIntegration";
import { explainContext } from "../integration/explainContext";
import { manifestName } from "../integration/recogniseManifest";
import { describeAccess } from "../policy/explain/describeAccess";
import { explain } from "../policy/explain/explain";
import type { AccessDocuments, ExplainContext, Grant } from "../policy/explain/explanation";
import { parseJson } from "../policy/parseJson";
import type { PolicyDocument } from "../policy/policyDocument";
import { readPolicy } from "../policy/readPolicy";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { isUserError, UserError } from "../policy/userError";
import { type Arguments, type Command, type ExitCode, exitCode, jsonFlag } from "./command";
import type { CliContext } from "./context";
import { fileError } from "./nodeFileSystem";
import { openIntegration } from "./openIntegration";
import type { Style } from "./style";

export const explainCommand: Command = {
  name: "explain",
  summary: "Say in words who may do what by an integration or by single documents.",
  usage: "<folder|document>…",
  positionals: { name: "folder of an integration, or document", least: 1, most: Number.POSITIVE_INFINITY },
  description: [
    "Works out what is really granted, the dangerous first: wildcards stand for the actions that AWS has, an action that can't act on the resources beside it grants nothing, and what is denied is left out. Nothing is sent to AWS.",
    "An integration is explained as a whole: who may assume its role and what the role may do. A single document is explained by itself: a permissions policy, a trust policy, a bucket policy or a key policy. The path - reads standard input.",
  ],
  flags: [jsonFlag],
  exitCodes: [
    { code: 0, meaning: "Everything was explained." },
    {
      code: 2,
      meaning: "Wrong usage, or something could not be read or is no policy document; the others were explained.",
    },
  ],
  examples: [
    "vendor-access explain vendor-access/jfrog",
    "vendor-access explain trust-policy.json --json",
    "aws iam get-role --role-name R --query Role.AssumeRolePolicyDocument | vendor-access explain -",
  ],
  run: explainPaths,
};

/** What was explained: as the person named it, and in which words. */
interface Explained {
  readonly path: string;
  readonly grants: readonly Grant[];
  readonly sentences: readonly string[];
}

async function explainPaths(args: Arguments, context: CliContext): Promise<ExitCode> {
  const { reference } = context;
  const explained: Explained[] = [];
  const unreadable: { readonly path: string; readonly message: string }[] = [];
  for (const path of args.positionals) {
    try {
      const { documents, of, byAws } = await read(path, context);
      const { grants, sentences } = inWords(documents, of, reference);
      // Beside what AWS's own policies give, documents that allow nothing say nothing.
      const said = grants.length > 0 || byAws.length === 0 ? sentences : [];
      explained.push({ path, grants, sentences: [...byAws, ...said] });
    } catch (error) {
      if (!isUserError(error)) throw error;
      unreadable.push({ path, message: error.message });
    }
  }
  const { print, say, style } = context;
  for (const { message } of unreadable) say(style.messages.error(message));
  if (args.is("json")) {
    const outcome = { explained, ...(unreadable.length > 0 && { unreadable }) };
    print(`${JSON.stringify(outcome, null, 2)}\n`);
  } else {
    print(explained.map((each) => describe(each, args.positionals.length > 1, style.output)).join("\n"));
  }
  return unreadable.length > 0 ? exitCode.error : exitCode.fine;
}

function inWords(documents: AccessDocuments, of: ExplainContext, reference: ServiceReference): Omit<Explained, "path"> {
  const grants = explain(documents, of, reference);
  return { grants, sentences: describeAccess(documents, of, reference, { limits: true, grants }) };
}

interface Access {
  readonly documents: AccessDocuments;
  readonly of: ExplainContext;
  /** What policies of AWS's own give, which are in no document. */
  readonly byAws: readonly string[];
}

/** @throws UserError when it can't be read, or is neither an integration nor a policy document */
async function read(path: string, context: CliContext): Promise<Access> {
  if (path === "-") return { documents: loose(await context.readStandardInput(), "standard input"), of: {}, byAws: [] };
  const absolute = nodePath.resolve(context.currentDirectory, path);
  if (!isFolder(absolute, path) && nodePath.basename(absolute) !== manifestName) {
    const files = context.fileSystem(nodePath.dirname(absolute));
    return { documents: loose(await files.read(nodePath.basename(absolute)), path), of: {}, byAws: [] };
  }
  const { integration } = await openIntegration(path, context);
  for (const { role, name } of documentNames(integration.manifest)) {
    const document = integration.documents.find((each) => each.role === role);
    if (document === undefined) throw new UserError("file", `There is no ${name}, which ${path} names.`);
    if (role !== "cors") policyOf(document.text, name);
  }
  const of = explainContext(integration);
  return { documents: accessDocuments(integration) ?? {}, of, byAws: awsPolicySentences(integration) };
}

function isFolder(absolute: string, shown: string): boolean {
  try {
    return statSync(absolute).isDirectory();
  } catch (error) {
    throw fileError("read", shown, error);
  }
}

function loose(text: string, shown: string): AccessDocuments {
  const policy = policyOf(text, shown);
  if (policy.kind === "trust") return { trust: policy };
  const namesSomebody = policy.statements.some(
    ({ elements }) => elements.has("Principal") || elements.has("NotPrincipal"),
  );
  return namesSomebody ? { resource: policy } : { permissions: [policy] };
}

function policyOf(text: string, shown: string): PolicyDocument {
  const json = parseJson(text);
  const policy = readPolicy(json);
  if (policy === undefined) throw new UserError("file", `${shown} is no IAM policy document.`);
  const [problem] = json.problems;
  // Half a document would be half the truth.
  if (problem !== undefined) throw new UserError("file", `${shown} is not valid JSON: ${problem.message}`);
  return policy;
}

function describe({ path, grants, sentences }: Explained, severalPaths: boolean, style: Style): string {
  const dangers = [...new Set(grants.flatMap((grant) => grant.dangers.map(({ text }) => text)))];
  const lines = [...sentences, ...dangers.map((text) => `${style.warning("!")} ${text}`)];
  return severalPaths
    ? [style.strong(path), ...lines.map((line) => `  ${line}`), ""].join("\n")
    : `${lines.join("\n")}\n`;
}
