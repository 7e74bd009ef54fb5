import { compare } from "../policy/explain/compare";
import { describeAccess } from "../policy/explain/describeAccess";
import type { Comparison } from "../policy/explain/explanation";
import type { JsonValue } from "../policy/json";
import { policyOf } from "../policy/policyOf";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { UserError } from "../policy/userError";
import type { VendorDefinition } from "../vendors/definition";
import type { DocumentRole, IntegrationRequest } from "../vendors/manifest";
import { validateIntegrationName } from "../vendors/names";
import { type RenderedDocuments, renderDocuments } from "../vendors/render";
import { explainContext } from "./explainContext";
import { inferRequest } from "./inferRequest";

/** A role as it is, with all that it may do: what an integration can be made of. */
export interface FoundRole {
  readonly name: string;
  readonly arn: string;
  /** `/` for nearly all. */
  readonly path: string;
  readonly description: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
  readonly trustPolicy: JsonValue;
  readonly policies: readonly FoundPolicy[];
  /** The integration that it is marked as, by its id. */
  readonly integrationId: string | undefined;
}

/** inline: inside the role. managed: of the account. aws: of AWS's own, whose document is not read. */
export interface FoundPolicy {
  readonly kind: "inline" | "managed" | "aws";
  readonly name: string;
  readonly arn: string | undefined;
  readonly document: JsonValue | undefined;
  /** How many roles, users and groups have it. */
  readonly attachments: number;
}

/** What becomes of a role that a hand has made, when it becomes an integration. */
export interface Adoption {
  readonly definition: VendorDefinition;
  readonly request: IntegrationRequest;
  /** As live. Without permissions where the role has no policy that can be taken over: then they are the vendor's own. */
  readonly documents: ReadonlyMap<DocumentRole, JsonValue>;
  /** What the vendor's page asks for, with the same choices. */
  readonly asked: RenderedDocuments;
  /** Who may do what by what is live, and what would be more and less with the vendor's documents; in sentences. */
  readonly grants: readonly string[];
  readonly change: Comparison;
  /** What is not taken over, and why; one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Works out the integration that a live role would be.
 *
 * @param account the account of the role
 * @param given parameters that what is live does not tell
 * @throws UserError `not-ours` for a role that can't be one
 */
export function adoptRole(
  definition: VendorDefinition,
  role: FoundRole,
  {
    account,
    partition,
  }: { readonly account: string; readonly partition: NonNullable<IntegrationRequest["partition"]> },
  reference: ServiceReference,
  given: IntegrationRequest["parameters"] = {},
): Adoption {
  refuse(role, definition);
  const policy = ownPolicy(definition, role);
  const permissions = role.policies.flatMap(({ document }) => (document === undefined ? [] : [document]));
  const request = inferRequest(
    definition,
    { trust: role.trustPolicy, permissions: policy?.document === undefined ? permissions : [policy.document] },
    {
      account,
      ...(partition !== "aws" && { partition }),
      role: {
        name: role.name,
        ...(role.path !== "/" && { path: role.path }),
        maxSessionDuration: role.maxSessionDuration,
        tags: {},
        description: role.description,
        ...(policy && { policy: keptAs(policy) }),
      },
    },
    reference,
    given,
  );
  const asked = renderDocuments(definition, request);
  const documents = new Map<DocumentRole, JsonValue>([["trust", role.trustPolicy]]);
  if (policy?.document !== undefined) documents.set("permissions", policy.document);
  const context = explainContext({
    definition,
    manifest: { id: "", vendor: definition.id, documents: {}, ...request },
  });
  const [live, theirs] = [
    accessOf({ trust: role.trustPolicy, permissions }),
    accessOf({ trust: asked.trust ?? null, permissions: [asked.permissions ?? null] }),
  ];
  return {
    definition,
    request,
    documents,
    asked,
    grants: describeAccess(live, context, reference),
    change: compare(live, theirs, reference, context),
    notes: notesOn(role, policy),
  };
}

/** What the integration's folder is called: like the role, if that is a name for a folder. */
export function adoptedName({ name }: FoundRole): string {
  return validateIntegrationName(name) === undefined ? name : name.replace(/[^\w.-]+/g, "-").replace(/^[^\w]+/, "");
}

function refuse({ name, path, integrationId }: FoundRole, { role, name: vendorName }: VendorDefinition): void {
  if (integrationId !== undefined)
    throw new UserError(
      "not-ours",
      `The role ${name} belongs to an integration already: it is tagged with the id ${integrationId}.`,
    );
  // https://repost.aws/knowledge-center/identity-center-aws-reserved-sso
  if (/^\/aws-(reserved|service-role)\//.test(path))
    throw new UserError(
      "not-ours",
      `The role ${name} is made and kept by AWS itself, below the path ${path}: nobody else can change it, so it can't be adopted.`,
    );
  if (role === undefined)
    throw new UserError("not-ours", `${vendorName} needs no role, so the role ${name} can't be an integration of it.`);
}

/** The one policy that becomes the document: of several, the one that is most about what the vendor asks for. */
function ownPolicy(definition: VendorDefinition, { policies }: FoundRole): FoundPolicy | undefined {
  const candidates = policies.filter(isOwn);
  const actions = new Set(
    JSON.stringify(definition.permissions?.statements ?? []).match(/\b\w[\w-]*:\*?[A-Z]\w*\*?/g) ?? [],
  );
  const weight = ({ document }: FoundPolicy): number => {
    const text = JSON.stringify(document ?? null);
    return [...actions].filter((action) => text.includes(action)).length;
  };
  return [...candidates].sort((a, b) => weight(b) - weight(a))[0];
}

/** Of AWS's own and of others' none can be an integration's. */
function isOwn({ kind, document, attachments }: FoundPolicy): boolean {
  if (document === undefined) return false;
  return kind === "inline" || (kind === "managed" && attachments <= 1);
}

type KeptPolicy = NonNullable<NonNullable<IntegrationRequest["role"]>["policy"]>;

function keptAs({ kind, name, arn = "" }: FoundPolicy): KeptPolicy {
  if (kind === "inline") return { name, attach: "inline" };
  const path = arn.slice(arn.indexOf(":policy/") + ":policy".length, -name.length);
  return { name, ...(path !== "/" && { path }), attach: "managed" };
}

function notesOn({ policies }: FoundRole, own: FoundPolicy | undefined): readonly string[] {
  const others = policies.filter((policy) => policy !== own);
  return [
    ...(own
      ? []
      : ["The role has no policy that can be taken over: the document is the vendor's, and an apply makes it."]),
    ...others.map((policy) => {
      const why =
        policy.kind === "aws"
          ? "is AWS's own"
          : policy.attachments > 1
            ? "is attached elsewhere, too"
            : "is one more than an integration has";
      return `The policy ${policy.name} ${why}: it stays in the role and is shown as more than the documents say.`;
    }),
  ];
}

function accessOf({ trust, permissions }: { readonly trust: JsonValue; readonly permissions: readonly JsonValue[] }) {
  const trustPolicy = policyOf(trust);
  return {
    permissions: permissions.map(policyOf).filter((policy) => policy !== undefined),
    ...(trustPolicy && { trust: trustPolicy }),
  };
}
