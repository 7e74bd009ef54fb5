import { iam } from "./pages";
import { alice, bucket, object, own, rootUser } from "./requesters";
import { prove } from "./rule";

const read = { Sid: "Read", Effect: "Allow", Action: "s3:Get*", Resource: `${bucket}/*` };
const denyReport = { Sid: "NoReport", Effect: "Deny", Action: "s3:*", Resource: object };
const logic = iam("reference_policies_evaluation-logic_policy-eval-denyallow");

prove("Allow and Deny", [
  {
    rule: "All is denied that nothing allows",
    page: iam("reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay"),
    cases: [
      ["without any policy", {}, { result: "ImplicitlyDenied", deciding: [], missing: ["identity"] }],
      [
        "with policies about something else",
        { identity: [read], does: "s3:PutObject" },
        { result: "ImplicitlyDenied", deciding: [], missing: ["identity"], mismatch: { Read: "Action" } },
      ],
      [
        "with a Deny that does not apply",
        { identity: [denyReport], on: `${bucket}/other.txt` },
        { result: "ImplicitlyDenied", deciding: [], missing: ["identity"], mismatch: { NoReport: "Resource" } },
      ],
      ["with an empty list of statements", { identity: [] }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "One Allow suffices",
    page: iam("access_policies"),
    cases: [
      ["of one statement", { identity: [read] }, { result: "Allowed", deciding: ["Read"], missing: [] }],
      [
        "of several statements",
        { identity: [{ ...denyReport, Sid: "No", Resource: `${bucket}/x` }, read] },
        { result: "Allowed", deciding: ["Read"], mismatch: { No: "Resource" } },
      ],
      [
        "of several policies",
        { identities: [[{ ...read, Sid: "Write", Action: "s3:Put*" }], [read]] },
        { result: "Allowed", deciding: ["Read"], mismatch: { Write: "Action" } },
      ],
      [
        "and all that allow have decided",
        { identity: [read, { ...read, Sid: "All", Action: "*" }] },
        { result: "Allowed", deciding: ["All", "Read"] },
      ],
      [
        "of a statement that stands alone, without a list",
        { identity: JSON.stringify({ Version: "2012-10-17", Statement: read }) },
        "Allowed",
      ],
    ],
  },
  {
    rule: "An explicit Deny overrides every Allow",
    page: logic,
    cases: [
      [
        "after the Allow",
        { identity: [read, denyReport] },
        { result: "ExplicitlyDenied", deciding: ["NoReport"], missing: [] },
      ],
      ["before the Allow", { identity: [denyReport, read] }, { result: "ExplicitlyDenied", deciding: ["NoReport"] }],
      ["without any Allow", { identity: [denyReport] }, { result: "ExplicitlyDenied", deciding: ["NoReport"] }],
      [
        "of another policy",
        { identities: [[read], [denyReport]] },
        { result: "ExplicitlyDenied", deciding: ["NoReport"] },
      ],
      [
        "all that deny have decided",
        { identity: [read, denyReport, { ...denyReport, Sid: "Nothing", Resource: "*" }] },
        { result: "ExplicitlyDenied", deciding: ["NoReport", "Nothing"] },
      ],
      [
        "of the resource’s policy",
        { identity: [read], resource: [{ ...denyReport, Principal: "*" }] },
        { result: "ExplicitlyDenied", deciding: ["NoReport"] },
      ],
      [
        "of the identity’s policy over the resource’s Allow",
        { identity: [denyReport], resource: [{ ...read, Principal: { AWS: `arn:aws:iam::${own}:user/alice` } }] },
        { result: "ExplicitlyDenied", deciding: ["NoReport"] },
      ],
      [
        "of the boundary",
        { identity: [read], boundary: [{ ...read, Action: "*" }, denyReport] },
        { result: "ExplicitlyDenied", deciding: ["NoReport"] },
      ],
      [
        "of a service control policy",
        { identity: [read], serviceControl: [[{ ...read, Action: "*" }, denyReport]] },
        { result: "ExplicitlyDenied", deciding: ["NoReport"] },
      ],
      ["but only for what it denies", { identity: [read, denyReport], on: `${bucket}/other.txt` }, "Allowed"],
    ],
  },
  {
    rule: "Only the explicit actions of an example are allowed, the reports are denied, the rest is not allowed",
    page: iam("reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay"),
    given: {
      on: "*",
      identity: [
        { Sid: "AllowGetList", Effect: "Allow", Action: ["iam:Get*", "iam:List*"], Resource: "*" },
        { Sid: "DenyReports", Effect: "Deny", Action: "iam:*Report", Resource: "*" },
      ],
    },
    cases: [
      ["listing", { does: "iam:ListUsers" }, { result: "Allowed", deciding: ["AllowGetList"] }],
      ["creating", { does: "iam:CreatePolicy" }, { result: "ImplicitlyDenied", missing: ["identity"] }],
      [
        "getting a report",
        { does: "iam:GetOrganizationsAccessReport" },
        { result: "ExplicitlyDenied", deciding: ["DenyReports"] },
      ],
      ["a report that nothing allows", { does: "iam:GenerateCredentialReport" }, "ExplicitlyDenied"],
    ],
  },
  {
    rule: "The root user of an account has full access to it",
    page: logic,
    given: { by: rootUser },
    cases: [
      ["without any policy", {}, "Allowed"],
      [
        "against a Deny of the resource’s policy",
        { resource: [{ ...denyReport, Principal: "*" }] },
        "ExplicitlyDenied",
      ],
      ["to another account’s bucket", { of: "999999999999" }, { result: "ImplicitlyDenied", missing: ["resource"] }],
      [
        "to another account’s bucket whose policy names the account",
        { of: "999999999999", resource: [{ ...read, Principal: { AWS: own } }] },
        "Allowed",
      ],
    ],
  },
  {
    rule: "Effect is Allow or Deny, in this case",
    page: iam("reference_policies_elements_effect"),
    given: { by: alice },
    cases: [
      ["Allow", { identity: [read] }, "Allowed"],
      ["allow", { identity: [{ ...read, Effect: "allow" }] }, "ImplicitlyDenied"],
      ["ALLOW", { identity: [{ ...read, Effect: "ALLOW" }] }, "ImplicitlyDenied"],
      ["Permit", { identity: [{ ...read, Effect: "Permit" }] }, "ImplicitlyDenied"],
    ],
  },
]);
