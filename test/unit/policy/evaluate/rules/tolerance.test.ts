import { iam } from "./pages";
import { alice, anonymous, bucket, object, own } from "./requesters";
import { prove } from "./rule";

const grammar = iam("reference_policies_grammar");
const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/*` };
const principal = { AWS: `arn:aws:iam::${own}:user/alice` };
const { Effect, Action, Resource } = statement;

/** The text of a document: what JSON objects in TypeScript cannot say. */
const text = (inner: string) => `{"Version": "2012-10-17", "Statement": [{${inner}}]}`;

prove("Statements that AWS refuses", [
  {
    rule: "What lacks an element, or has it in a form of its own, allows nothing",
    page: grammar,
    given: { by: alice, on: object },
    cases: [
      ["whole", { identity: [statement] }, "Allowed"],
      ["no effect", { identity: [{ Action, Resource }] }, "ImplicitlyDenied"],
      ["no action", { identity: [{ Effect, Resource }] }, "ImplicitlyDenied"],
      ["no resource", { identity: [{ Effect, Action }] }, "ImplicitlyDenied"],
      ["an empty list of actions", { identity: [{ ...statement, Action: [] }] }, "ImplicitlyDenied"],
      ["an empty list of resources", { identity: [{ ...statement, Resource: [] }] }, "ImplicitlyDenied"],
      [
        "an empty list of what is not the action",
        { identity: [{ Effect, Resource, NotAction: [] }] },
        "ImplicitlyDenied",
      ],
      [
        "an empty list of what is not the resource",
        { identity: [{ Effect, Action, NotResource: [] }] },
        "ImplicitlyDenied",
      ],
      ["a number for an action", { identity: [{ ...statement, Action: 7 }] }, "ImplicitlyDenied"],
      [
        "an object for an action",
        { identity: [{ ...statement, Action: { name: "s3:GetObject" } }] },
        "ImplicitlyDenied",
      ],
      ["null for a resource", { identity: [{ ...statement, Resource: null }] }, "ImplicitlyDenied"],
      ["a list in a list", { identity: [{ ...statement, Resource: [["*"]] }] }, "ImplicitlyDenied"],
      ["an effect in a list", { identity: [{ ...statement, Effect: ["Allow"] }] }, "ImplicitlyDenied"],
      ["an action without its service", { identity: [{ ...statement, Action: "GetObject" }] }, "ImplicitlyDenied"],
      [
        "a bucket’s name for an ARN",
        { identity: [{ ...statement, Resource: "example-bucket/*" }] },
        "ImplicitlyDenied",
      ],
      [
        "S3’s address for an ARN",
        { identity: [{ ...statement, Resource: "s3://example-bucket/*" }] },
        "ImplicitlyDenied",
      ],
      ["an empty action", { identity: [{ ...statement, Action: "" }] }, "ImplicitlyDenied"],
      [
        "a wildcard for an ARN’s service",
        { identity: [{ ...statement, Resource: "arn:aws:*:::example-bucket/*" }] },
        "ImplicitlyDenied",
      ],
      [
        "a condition that is no object",
        { identity: [{ ...statement, Condition: "aws:SecureTransport" }] },
        "ImplicitlyDenied",
      ],
      [
        "a condition that is a list",
        {
          identity: [{ ...statement, Condition: [{ Bool: { "aws:SecureTransport": "true" } }] }],
          with: { "aws:SecureTransport": "true" },
        },
        "ImplicitlyDenied",
      ],
      ["an operator without keys", { identity: [{ ...statement, Condition: { Bool: "true" } }] }, "ImplicitlyDenied"],
      [
        "an operator that does not exist",
        { identity: [{ ...statement, Condition: { StringEqual: { "aws:username": "alice" } } }] },
        "ImplicitlyDenied",
      ],
      [
        "an operator that does not exist, IfExists",
        { identity: [{ ...statement, Condition: { StringEqualIfExists: { "aws:nothing": "alice" } } }] },
        "ImplicitlyDenied",
      ],
      [
        "Null has no IfExists",
        { identity: [{ ...statement, Condition: { NullIfExists: { "aws:TokenIssueTime": "true" } } }] },
        "ImplicitlyDenied",
      ],
      [
        "a set operator that does not exist",
        { identity: [{ ...statement, Condition: { "ForSomeValues:StringEquals": { "aws:username": "alice" } } }] },
        "ImplicitlyDenied",
      ],
      [
        "an empty list of values",
        { identity: [{ ...statement, Condition: { StringEquals: { "aws:username": [] } } }] },
        "ImplicitlyDenied",
      ],
      [
        "an object for a value",
        { identity: [{ ...statement, Condition: { StringEquals: { "aws:username": { is: "alice" } } } }] },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "Both an element and its opposite allow nothing",
    page: grammar,
    given: { by: alice },
    cases: [
      ["Action and NotAction", { identity: [{ ...statement, NotAction: "iam:*" }] }, "ImplicitlyDenied"],
      [
        "Resource and NotResource",
        { identity: [{ ...statement, NotResource: "arn:aws:s3:::else/*" }] },
        "ImplicitlyDenied",
      ],
      [
        "Principal and NotPrincipal",
        { by: anonymous, resource: [{ ...statement, Principal: "*", NotPrincipal: principal }] },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "A resource policy needs a Principal, an identity policy must have none",
    page: grammar,
    given: { by: alice },
    cases: [
      ["a resource policy without", { resource: [statement] }, "ImplicitlyDenied"],
      ["a resource policy with", { resource: [{ ...statement, Principal: principal }] }, "Allowed"],
      ["an identity policy with", { identity: [{ ...statement, Principal: principal }] }, "ImplicitlyDenied"],
      [
        "an identity policy with another’s",
        { identity: [{ ...statement, Principal: { AWS: "999999999999" } }] },
        "ImplicitlyDenied",
      ],
      [
        "a principal that is a text and not *",
        { resource: [{ ...statement, Principal: `arn:aws:iam::${own}:user/alice` }] },
        "ImplicitlyDenied",
      ],
      [
        "a principal without its kind",
        { resource: [{ ...statement, Principal: { Aws: `arn:aws:iam::${own}:user/alice` } }] },
        "ImplicitlyDenied",
      ],
      ["an empty principal", { resource: [{ ...statement, Principal: {} }] }, "ImplicitlyDenied"],
      ["an empty list of principals", { resource: [{ ...statement, Principal: { AWS: [] } }] }, "ImplicitlyDenied"],
      [
        "an empty list of what is not the principal",
        { by: anonymous, resource: [{ ...statement, NotPrincipal: { AWS: [] } }] },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "Of a key that is there twice the last counts",
    page: grammar,
    given: { by: alice },
    cases: [
      [
        "the effect: Deny at last",
        { identity: text(`"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Effect": "Deny"`) },
        "ExplicitlyDenied",
      ],
      [
        "the effect: Allow at last",
        { identity: text(`"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Effect": "Allow"`) },
        "Allowed",
      ],
      [
        "the action",
        { identity: text(`"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Action": "s3:PutObject"`) },
        "ImplicitlyDenied",
      ],
      [
        "the action at last",
        {
          does: "s3:PutObject",
          identity: text(`"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Action": "s3:PutObject"`),
        },
        "Allowed",
      ],
      [
        "the resource",
        { identity: text(`"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Resource": "${bucket}/else"`) },
        "ImplicitlyDenied",
      ],
      [
        "the condition",
        {
          identity: text(
            `"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:x": "true"}}, "Condition": {"StringEquals": {"aws:username": "alice"}}`,
          ),
        },
        "Allowed",
      ],
      [
        "an operator",
        {
          identity: text(
            `"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": "bob"}, "StringEquals": {"aws:userid": "AIDAALICE"}}`,
          ),
        },
        "Allowed",
      ],
      [
        "an operator’s key",
        {
          identity: text(
            `"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": "alice", "aws:username": "bob"}}`,
          ),
        },
        "ImplicitlyDenied",
      ],
      [
        "the kind of a principal",
        {
          resource: text(
            `"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Principal": {"AWS": "arn:aws:iam::${own}:user/alice", "AWS": "arn:aws:iam::${own}:user/bob"}`,
          ),
        },
        "ImplicitlyDenied",
      ],
      [
        "the statements",
        {
          identity: `{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}], "Version": "2012-10-17", "Statement": []}`,
        },
        "ImplicitlyDenied",
      ],
      [
        "the version: with variables at last",
        {
          identity: `{"Version": "2008-10-17", "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "${bucket}/\${aws:username}"}]}`,
          on: `${bucket}/alice`,
        },
        "Allowed",
      ],
    ],
  },
  {
    rule: "A broken statement does not take its neighbours with it",
    page: grammar,
    given: { by: alice },
    cases: [
      [
        "an Allow beside it",
        { identity: [{ Action: 7 }, { ...statement, Sid: "Whole" }] },
        { result: "Allowed", deciding: ["Whole"] },
      ],
      [
        "a Deny beside it",
        {
          identity: [
            { ...statement, Condition: 3 },
            { ...statement, Sid: "No", Effect: "Deny" },
          ],
        },
        { result: "ExplicitlyDenied", deciding: ["No"] },
      ],
      [
        "a text among the statements",
        {
          identity: `{"Version": "2012-10-17", "Statement": ["oops", {"Effect": "Allow", "Action": "*", "Resource": "*"}]}`,
        },
        "Allowed",
      ],
    ],
  },
]);
