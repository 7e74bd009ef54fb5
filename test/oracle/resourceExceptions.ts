import type { JsonObject, JsonValue } from "../../src/policy/json";
import type { Case } from "./cases";
import type { Exception } from "./exceptions";
import { allowAll, eachPolicy, listOf, policyOf, statementsOf } from "./rewrite";

const resourcePage = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html";

const arnPage = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html";

/** Exceptions in what Resource names; `request` is a request that the examples are made of. */
export function resourceExceptions(request: Case): readonly Exception[] {
  const example = (action: string, resource: string, asked: string): Case => ({
    ...request,
    action,
    resource,
    identity: [policyOf({ ...allowAll, Resource: asked })],
  });
  return [
    {
      id: "service-in-resource",
      rule: "A wildcard can't be used in the service segment of a resource: the statement is refused.",
      source: resourcePage,
      rewrite: (one) =>
        eachStatement(one, (statement) =>
          namedBy(statement).some((name) => String(name).startsWith("arn:aws:*:")) ? silenced(statement) : statement,
        ),
      example: example("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111111111111:orders", "arn:aws:*:*:*:*"),
    },
    {
      id: "incomplete-in-a-session-policy",
      rule: "Session policies don't support incomplete ARNs: the statement is refused.",
      source: arnPage,
      rewrite: (one) =>
        one.session === undefined
          ? one
          : eachStatement(one, (statement, policy) =>
              policy === one.session && namedBy(statement).some(isIncomplete) ? silenced(statement) : statement,
            ),
      example: {
        ...example("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111111111111:orders", "*"),
        principal: {
          kind: "session",
          arn: "arn:aws:sts::111111111111:assumed-role/reader/morning",
          role: "arn:aws:iam::111111111111:role/reader",
        },
        session: policyOf({ ...allowAll, Resource: "arn:aws:sqs" }),
      },
    },
    {
      id: "incomplete-arn",
      rule: "An ARN of fewer than six fields is completed by * in the missing ones.",
      source: arnPage,
      rewrite: (one) =>
        eachStatement(one, (statement) =>
          withNames(statement, (name) => (isIncomplete(name) && !runsOn(name) ? completed(String(name)) : name)),
        ),
      example: {
        ...request,
        action: "sqs:SendMessage",
        resource: "arn:aws:sqs:eu-west-1:111111111111:orders",
        identity: [policyOf({ Effect: "Allow", Action: "*", NotResource: "arn:aws:sqs:eu-*-1:orders" })],
      },
    },
    {
      id: "star-at-the-end-of-a-segment",
      rule: "If * is the last character of a resource ARN segment, it can expand to match beyond the colon.",
      source: resourcePage,
      rewrite: (one) =>
        eachStatement(one, (statement) =>
          withNames(statement, (name) => (runsOn(name) ? "arn:aws:sqs:eu-*:*:orders" : name)),
        ),
      example: example("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111111111111:orders", "arn:aws:sqs:eu-*:orders"),
    },
    {
      id: "variables-in-not-resource",
      rule: "A resource with a variable that has no value matches no resource, in NotResource, too: it excepts nothing.",
      source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value",
      rewrite: (one) =>
        one.principal.kind === "user"
          ? one
          : eachStatement(one, (statement) =>
              withNames(statement, (name) => (hasUserName(name) ? "arn:aws:s3:::no-such-bucket" : name)),
            ),
      example: {
        ...request,
        principal: {
          kind: "session",
          arn: "arn:aws:sts::111111111111:assumed-role/reader/morning",
          role: "arn:aws:iam::111111111111:role/reader",
        },
        identity: [policyOf({ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::data/home/${aws:username}/*" })],
      },
    },
    {
      id: "all-buckets",
      rule: "s3:ListAllMyBuckets, which has no resource, may be allowed on `arn:aws:s3:::*`: so does the guide's example AllowS3ListRead.",
      source:
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-id-rdp.html",
      rewrite: (one) =>
        one.resource === "*"
          ? eachStatement(one, (statement) => withNames(statement, (name) => (name === "arn:aws:s3:::*" ? "*" : name)))
          : one,
      example: example("s3:ListAllMyBuckets", "*", "arn:aws:s3:::*"),
    },
  ];
}

function eachStatement(one: Case, change: (statement: JsonObject, policy: JsonObject) => JsonObject): Case {
  return eachPolicy(one, (policy) => ({
    ...policy,
    Statement: statementsOf(policy).map((statement) => change(statement, policy)),
  }));
}

function isIncomplete(name: JsonValue): boolean {
  return typeof name === "string" && name.startsWith("arn:") && name.split(":").length < 6;
}

function completed(name: string): string {
  return [...name.split(":"), "*", "*", "*"].slice(0, 6).join(":");
}

function hasUserName(name: JsonValue): boolean {
  return String(name).includes("${aws:username}");
}

/** The one pattern of the cases whose * has to run on beyond a colon. */
function runsOn(name: JsonValue): boolean {
  return name === "arn:aws:sqs:eu-*:orders";
}

function namedBy(statement: JsonObject): readonly JsonValue[] {
  return [...listOf(statement.Resource), ...listOf(statement.NotResource)];
}

function withNames(statement: JsonObject, change: (name: JsonValue) => JsonValue): JsonObject {
  const made = Object.entries(statement).map(([element, value]): [string, JsonValue] =>
    element !== "Resource" && element !== "NotResource"
      ? [element, value]
      : [element, Array.isArray(value) ? value.map(change) : change(value)],
  );
  return Object.fromEntries(made);
}

/** A statement that says nothing of any request here. */
function silenced(statement: JsonObject): JsonObject {
  const { Effect, Principal, NotPrincipal } = statement;
  const who: JsonObject = Principal !== undefined ? { Principal } : {};
  const others: JsonObject = NotPrincipal === undefined ? {} : { Principal: "*" };
  return { Effect: Effect ?? "Deny", ...who, ...others, Action: "sns:Publish", Resource: "*" };
}
