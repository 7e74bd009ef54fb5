import { accountOfPrincipal, isAccountId, parseArn } from "../policy/arn";
import type { AccessRequest, RequestContext, RequestPrincipal } from "../policy/evaluate/evaluation";
import { isObject, type JsonObject, type JsonValue } from "../policy/json";
import { canMatch, resourceKinds } from "../policy/resourceTypes";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { hasWildcard } from "../policy/wildcards";
import type { VendorDefinition } from "./definition";
import { roleArn } from "./iamArn";
import type { IntegrationRequest } from "./manifest";
import { renderDocuments } from "./render";

/** Something that the vendor must be able to do, as a request that can be evaluated. */
export interface AccessNeed {
  readonly action: string;
  /** As the vendor's document names it: the bucket's ARN, `…/*` for its objects, the role. */
  readonly resource: string;
  readonly request: AccessRequest;
}

export interface AccessNeeds {
  /** Whoever of the vendor assumes the role, each once. */
  readonly assume: readonly AccessNeed[];
  /** What the role must then be able to do: each action on each resource. */
  readonly act: readonly AccessNeed[];
  /** What the vendor does as itself, without a role: by the bucket's policy, or the key's. */
  readonly reach: readonly AccessNeed[];
}

/**
 * What the vendor needs, from its definition and the customer's choices alone: the documents on disk or in the account
 * are not asked. Where a definition has a wildcard, each action that it stands for is a need; where it has an ARN with
 * a wildcard, a resource that only such an ARN reaches.
 */
export function needsOf(
  definition: VendorDefinition,
  request: IntegrationRequest & { readonly account: string },
  reference: ServiceReference,
): AccessNeeds {
  const { permissions, trust, bucketPolicy, keyPolicy } = renderDocuments(definition, request);
  const role = roleArn(request.role ?? { name: "" }, request.account, request.partition);
  const key = String(request.parameters[definition.parameters.find(({ type }) => type === "kms-key-arn")?.name ?? ""]);
  return {
    assume: allowing(trust).flatMap((statement) => {
      const resource = { arn: role, account: request.account };
      const conditions = matchingContext(statement.Condition);
      return principalsOf(statement.Principal).flatMap((principal) =>
        texts(statement.Action).map((action) => ({
          action,
          resource: role,
          request: { principal: requestPrincipal(principal, conditions), action, resource, context: conditions },
        })),
      );
    }),
    act: allowing(permissions).flatMap((statement) => {
      const context = matchingContext(statement.Condition);
      return texts(statement.Resource).flatMap((resource) =>
        actionsOn(statement, resource, reference).map((action) => ({
          action,
          resource,
          request: {
            principal: { kind: "role" as const, arn: role },
            action,
            resource: { arn: sample(resource), account: accountOf(resource) || request.account },
            context,
          },
        })),
      );
    }),
    reach: [...allowing(bucketPolicy), ...allowing(keyPolicy)].flatMap((statement) => {
      const context = matchingContext(statement.Condition);
      return texts(statement.Resource).flatMap((written) => {
        const resource = written === "*" ? key : written; // in a key's policy: the key itself
        return actionsOn(statement, resource, reference).flatMap((action) =>
          principalsOf(statement.Principal).map((principal) => ({
            action,
            resource,
            request: {
              principal: requestPrincipal(principal, context),
              action,
              resource: { arn: sample(resource), account: accountOf(resource) || request.account },
              context,
            },
          })),
        );
      });
    }),
  };
}

function actionsOn(statement: JsonObject, resource: string, reference: ServiceReference): readonly string[] {
  const arn = parseArn(resource);
  const kinds = arn && resourceKinds([arn]);
  return texts(statement.Action)
    .flatMap((action) => (hasWildcard(action) ? reference.expand(action) : [action]))
    .filter((action) => kinds === undefined || canMatch(action, kinds));
}

/** Where the trust is one of a whole account, a condition may name the role in it. */
function requestPrincipal(principal: string, context: RequestContext): RequestPrincipal {
  const named = context["aws:PrincipalArn"];
  const arn = typeof named === "string" ? named : principal;
  const account = accountOfPrincipal(arn);
  const kind = parseArn(arn)?.resource.split("/")[0];
  if (kind === "user") return { kind: "user", arn };
  if (kind === "role" || account === undefined) return { kind: "role", arn };
  const partition = parseArn(arn)?.partition ?? "aws";
  return { kind: "role", arn: `arn:${partition}:iam::${account}:role/any` };
}

/** Values that fulfil a condition: of several, the first. Only operators that ask for a value give one. */
function matchingContext(condition: JsonValue | undefined): RequestContext {
  if (!isObject(condition)) return {};
  return Object.fromEntries(
    Object.entries(condition).flatMap(([operator, keys]) =>
      /Not|Null/.test(operator) || !isObject(keys)
        ? []
        : Object.entries(keys).flatMap(([key, values]) => {
            const [first] = texts(values);
            return first === undefined ? [] : [[key, sample(first)]];
          }),
    ),
  );
}

/** A text that the pattern matches, and none that is more special. */
function sample(pattern: string): string {
  return pattern.replaceAll("*", "any").replaceAll("?", "x");
}

function accountOf(resource: string): string {
  const account = parseArn(resource)?.account ?? "";
  return isAccountId(account) ? account : "";
}

function allowing(document: JsonObject | undefined): readonly JsonObject[] {
  const statements = document?.Statement;
  return Array.isArray(statements) ? statements.filter(isObject).filter(({ Effect }) => Effect === "Allow") : [];
}

function principalsOf(value: JsonValue | undefined): readonly string[] {
  return isObject(value) ? texts(value.AWS) : [];
}

function texts(value: JsonValue | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}
