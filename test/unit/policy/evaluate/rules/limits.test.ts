import type { RequestPrincipal } from "../../../../../src/policy/evaluate/evaluation";
import { iam } from "./pages";
import { alice, bucket, developer, developerRole, developerSession, object, own } from "./requesters";
import { prove } from "./rule";

const boundaries = iam("access_policies_boundaries");
const sessions = `${iam("access_policies")}#policies_session`;
const logic = iam("reference_policies_evaluation-logic_policy-eval-denyallow");

const allow = (Sid: string, Action: string) => ({ Sid, Effect: "Allow", Action, Resource: "*" });
const read = allow("Identity", "s3:GetObject");
const queues = (Sid: string) => allow(Sid, "sqs:*");
const naming = (arn: string) => ({ ...allow("Resource", "s3:GetObject"), Principal: { AWS: arn } });
const aliceArn = `arn:aws:iam::${own}:user/alice`;
const guestArn = `arn:aws:sts::${own}:federated-user/guest`;
const guest: RequestPrincipal = { kind: "federated-user", arn: guestArn, user: aliceArn };

prove("Permissions boundaries", [
  {
    rule: "A boundary limits what identity policies give, and gives nothing",
    page: boundaries,
    given: { by: alice },
    cases: [
      ["both allow", { identity: [read], boundary: [allow("Boundary", "s3:*")] }, "Allowed"],
      [
        "only the identity’s policy",
        { identity: [read], boundary: [queues("Boundary")] },
        { result: "ImplicitlyDenied", missing: ["boundary"], mismatch: { Boundary: "Action" } },
      ],
      [
        "only the boundary",
        { boundary: [allow("Boundary", "s3:*")] },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      [
        "none",
        { identity: [queues("Identity")], boundary: [queues("Boundary")] },
        { result: "ImplicitlyDenied", missing: ["identity", "boundary"] },
      ],
      ["an empty boundary", { identity: [read], boundary: [] }, { result: "ImplicitlyDenied", missing: ["boundary"] }],
      [
        "a Deny of the boundary",
        {
          identity: [read],
          boundary: [allow("Boundary", "*"), { Sid: "No", Effect: "Deny", Action: "s3:*", Resource: `${bucket}/*` }],
        },
        { result: "ExplicitlyDenied", deciding: ["No"] },
      ],
      [
        "for a session of a role, too",
        { by: developer, identity: [read], boundary: [queues("Boundary")] },
        { result: "ImplicitlyDenied", missing: ["boundary"] },
      ],
      [
        "with a variable",
        {
          identity: [read],
          boundary: [{ ...allow("Boundary", "s3:*"), Resource: `${bucket}/\${aws:username}/*` }],
          on: `${bucket}/alice/a`,
        },
        "Allowed",
      ],
    ],
  },
  {
    rule: "Shirley may manage nothing but S3, CloudWatch and EC2, whatever her policies say",
    page: boundaries,
    given: {
      by: { kind: "user", arn: `arn:aws:iam::${own}:user/ShirleyRodriguez` },
      boundary: [{ Effect: "Allow", Action: ["s3:*", "cloudwatch:*", "ec2:*"], Resource: "*" }],
      identity: [{ Effect: "Allow", Action: "iam:CreateUser", Resource: "*" }],
    },
    cases: [
      [
        "creating a user, beyond the boundary",
        { does: "iam:CreateUser", on: `arn:aws:iam::${own}:user/x` },
        { result: "ImplicitlyDenied", missing: ["boundary"] },
      ],
      ["reading an object, which no policy gives", {}, { result: "ImplicitlyDenied", missing: ["identity"] }],
    ],
  },
  {
    rule: "In one account a resource policy that names a user is not limited by the user’s boundary; one that names a role is",
    page: logic,
    cases: [
      [
        "a user",
        { by: alice, boundary: [queues("Boundary")], resource: [naming(aliceArn)] },
        { result: "Allowed", deciding: ["Resource"] },
      ],
      [
        "a user, with policies about something else",
        { by: alice, identity: [queues("Identity")], boundary: [queues("Boundary")], resource: [naming(aliceArn)] },
        "Allowed",
      ],
      [
        "a user, against a Deny of the boundary",
        { by: alice, boundary: [{ ...allow("No", "s3:*"), Effect: "Deny" }], resource: [naming(aliceArn)] },
        { result: "ExplicitlyDenied", deciding: ["No"] },
      ],
      [
        "a role",
        { by: developer, boundary: [queues("Boundary")], resource: [naming(developerRole)] },
        { result: "ImplicitlyDenied", missing: ["boundary"] },
      ],
      [
        "a role, within the boundary",
        { by: developer, boundary: [read], resource: [naming(developerRole)] },
        "Allowed",
      ],
      [
        "a role, by its id",
        { by: developer, boundary: [queues("Boundary")], resource: [naming("AROADEVELOPER")] },
        { result: "ImplicitlyDenied", missing: ["boundary"] },
      ],
      [
        "a session",
        { by: developer, boundary: [queues("Boundary")], resource: [naming(developerSession)] },
        { result: "Allowed", deciding: ["Resource"] },
      ],
      [
        "a session, against a Deny of the boundary",
        { by: developer, boundary: [{ ...allow("No", "s3:*"), Effect: "Deny" }], resource: [naming(developerSession)] },
        "ExplicitlyDenied",
      ],
      [
        "the account: limited as all that the account gives",
        { by: alice, identity: [read], boundary: [queues("Boundary")], resource: [naming(own)] },
        { result: "ImplicitlyDenied", missing: ["boundary"] },
      ],
    ],
  },
  {
    rule: "Everyone with a condition on the role’s ARN is not limited by boundary and session policy",
    page: `${iam("reference_policies_elements_principal")}#principal-roles`,
    given: {
      by: developer,
      resource: [
        {
          ...allow("Resource", "s3:GetObject"),
          Principal: "*",
          Condition: { ArnEquals: { "aws:PrincipalArn": developerRole } },
        },
      ],
    },
    cases: [
      ["beyond the boundary", { boundary: [queues("Boundary")] }, { result: "Allowed", deciding: ["Resource"] }],
      ["beyond the session policy", { session: [queues("Session")] }, { result: "Allowed", deciding: ["Resource"] }],
      [
        "against a Deny",
        { session: [{ ...allow("No", "s3:*"), Effect: "Deny" }] },
        { result: "ExplicitlyDenied", deciding: ["No"] },
      ],
      [
        "another role",
        { by: { kind: "session", role: `${developerRole}2`, arn: `arn:aws:sts::${own}:assumed-role/developer2/a` } },
        { result: "ImplicitlyDenied", mismatch: { Resource: "Condition" } },
      ],
    ],
  },
]);

prove("Session policies", [
  {
    rule: "A session may do what role and session policy allow",
    page: sessions,
    given: { by: developer },
    cases: [
      ["without a session policy, the role’s", { identity: [read] }, "Allowed"],
      ["both", { identity: [read], session: [allow("Session", "s3:Get*")] }, "Allowed"],
      [
        "only the role’s policy",
        { identity: [read], session: [queues("Session")] },
        { result: "ImplicitlyDenied", missing: ["session"], mismatch: { Session: "Action" } },
      ],
      [
        "only the session policy",
        { session: [allow("Session", "s3:*")] },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      [
        "an empty session policy",
        { identity: [read], session: [] },
        { result: "ImplicitlyDenied", missing: ["session"] },
      ],
      [
        "a Deny of the session policy",
        { identity: [read], session: [allow("Session", "*"), { ...allow("No", "s3:*"), Effect: "Deny" }] },
        { result: "ExplicitlyDenied", deciding: ["No"] },
      ],
      [
        "with a boundary, all three",
        { identity: [read], session: [allow("Session", "s3:*")], boundary: [allow("Boundary", "s3:*")] },
        "Allowed",
      ],
      [
        "with a boundary that does not allow",
        { identity: [read], session: [allow("Session", "s3:*")], boundary: [queues("Boundary")] },
        { result: "ImplicitlyDenied", missing: ["boundary"] },
      ],
      [
        "with a boundary, the session policy does not allow",
        { identity: [read], session: [queues("Session")], boundary: [allow("Boundary", "s3:*")] },
        { result: "ImplicitlyDenied", missing: ["session"] },
      ],
    ],
  },
  {
    rule: "A resource policy that names the role is limited by the session policy, one that names the session is not",
    page: sessions,
    given: { by: developer },
    cases: [
      [
        "the role, and the session policy allows",
        { resource: [naming(developerRole)], session: [allow("Session", "s3:*")] },
        "Allowed",
      ],
      [
        "the role, and the session policy does not",
        { resource: [naming(developerRole)], session: [queues("Session")] },
        { result: "ImplicitlyDenied", missing: ["session"] },
      ],
      ["the role, without a session policy", { resource: [naming(developerRole)] }, "Allowed"],
      [
        "the session, and the session policy does not",
        { resource: [naming(developerSession)], session: [queues("Session")] },
        { result: "Allowed", deciding: ["Resource"] },
      ],
      [
        "the session, and nothing allows else",
        {
          resource: [naming(developerSession)],
          identity: [queues("Identity")],
          session: [queues("Session")],
          boundary: [queues("Boundary")],
        },
        { result: "Allowed", deciding: ["Resource"] },
      ],
      [
        "the session, against a Deny of the session policy",
        { resource: [naming(developerSession)], session: [{ ...allow("No", "s3:*"), Effect: "Deny" }] },
        "ExplicitlyDenied",
      ],
      [
        "the session, against a Deny of the role’s policy",
        { resource: [naming(developerSession)], identity: [{ ...allow("No", "s3:*"), Effect: "Deny" }] },
        "ExplicitlyDenied",
      ],
      [
        "another session of the role",
        {
          by: { kind: "session", role: developerRole, arn: `${developerSession}-2` },
          resource: [naming(developerSession)],
        },
        { result: "ImplicitlyDenied", mismatch: { Resource: "Principal" } },
      ],
    ],
  },
  {
    rule: "Who federates with GetFederationToken has what the user’s policies and the session policies allow; without these, nothing",
    page: logic,
    given: { by: guest },
    cases: [
      ["both", { identity: [read], session: [allow("Session", "s3:*")] }, "Allowed"],
      [
        "only the user’s",
        { identity: [read], session: [queues("Session")] },
        { result: "ImplicitlyDenied", missing: ["session"] },
      ],
      [
        "only the session’s",
        { identity: [queues("Identity")], session: [read] },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      ["without a session policy", { identity: [read] }, { result: "ImplicitlyDenied", missing: ["session"] }],
      [
        "a resource policy that names the session",
        { resource: [naming(guestArn)] },
        { result: "Allowed", deciding: ["Resource"] },
      ],
      [
        "a resource policy that names the session, beyond session policy and boundary",
        { resource: [naming(guestArn)], session: [queues("Session")], boundary: [queues("Boundary")] },
        "Allowed",
      ],
      [
        "a resource policy that names the user, within the session policy",
        { resource: [naming(aliceArn)], session: [allow("Session", "s3:*")], on: object },
        "Allowed",
      ],
      [
        "a resource policy that names the user, beyond the session policy",
        { resource: [naming(aliceArn)], session: [queues("Session")] },
        { result: "ImplicitlyDenied", missing: ["session"] },
      ],
      [
        "a resource policy that names the user, beyond the boundary",
        { resource: [naming(aliceArn)], session: [allow("Session", "s3:*")], boundary: [queues("Boundary")] },
        { result: "ImplicitlyDenied", missing: ["boundary"] },
      ],
    ],
  },
]);
