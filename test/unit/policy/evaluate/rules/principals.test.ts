import type { RequestPrincipal } from "../../../../../src/policy/evaluate/evaluation";
import { iam } from "./pages";
import {
  alice,
  allowAll,
  anonymous,
  bucket,
  carol,
  developer,
  developerRole,
  developerSession,
  object,
  other,
  own,
  rootUser,
  service,
  vendor,
  vendorRole,
  vendorSession,
} from "./requesters";
import { prove } from "./rule";
import { provePrincipals } from "./tables";

const page = iam("reference_policies_elements_principal");
const boundaries = iam("access_policies_boundaries");
const account = `arn:aws:iam::${other}:root`;
const anySession: RequestPrincipal = { kind: "role", arn: vendorRole, id: "AROAVENDOR" };
const otherSession: RequestPrincipal = { ...vendor, kind: "session", arn: `${vendorSession}2`, role: vendorRole };
const federatedUser: RequestPrincipal = {
  kind: "federated-user",
  arn: `arn:aws:sts::${other}:federated-user/guest`,
  user: `arn:aws:iam::${other}:user/carol`,
};
const saml: RequestPrincipal = { kind: "federated", provider: `arn:aws:iam::${other}:saml-provider/corporate` };
const cognito: RequestPrincipal = { kind: "federated", provider: "cognito-identity.amazonaws.com" };

provePrincipals("Principal: accounts", `${page}#principal-accounts`, [
  ["an account’s ARN, a user", { AWS: account }, carol, true],
  ["an account’s ARN, a session of a role", { AWS: account }, vendor, true],
  ["an account’s ARN, a role", { AWS: account }, anySession, true],
  ["an account’s ARN, its root user", { AWS: account }, { kind: "account", account: other }, true],
  ["an account’s ARN, another account", { AWS: account }, alice, false],
  ["an account’s id, a user", { AWS: other }, carol, true],
  ["an account’s id, a session of a role", { AWS: other }, vendor, true],
  ["an account’s id, another account", { AWS: other }, developer, false],
  ["an account’s id, somebody without a signature", { AWS: other }, anonymous, false],
  ["an account’s id, a service", { AWS: other }, service("s3"), false],
  ["one of several accounts", { AWS: [own, other] }, carol, true],
  ["none of several accounts", { AWS: [own, "555555555555"] }, carol, false],
  ["ARN and id together", { AWS: [`arn:aws:iam::${own}:root`, other] }, carol, true],
  ["an account of another partition", { AWS: `arn:aws-cn:iam::${other}:root` }, carol, false],
]);

provePrincipals("Principal: roles and their sessions", `${page}#principal-roles`, [
  ["a role, its session", { AWS: vendorRole }, vendor, true],
  ["a role, another session of it", { AWS: vendorRole }, otherSession, true],
  ["a role, whichever session", { AWS: vendorRole }, anySession, true],
  ["a role without its path", { AWS: `arn:aws:iam::${other}:role/vendor` }, vendor, false],
  ["another role", { AWS: `arn:aws:iam::${other}:role/service/vendor2` }, vendor, false],
  ["the role of that name in another account", { AWS: `arn:aws:iam::${own}:role/service/vendor` }, vendor, false],
  ["the case of a role’s name", { AWS: `arn:aws:iam::${other}:role/service/Vendor` }, vendor, false],
  ["a role, a user", { AWS: vendorRole }, carol, false],
  ["a session, that session", { AWS: vendorSession }, vendor, true],
  ["a session, another session", { AWS: vendorSession }, otherSession, false],
  ["a session, whichever session", { AWS: vendorSession }, anySession, false],
  ["no wildcard for all sessions", { AWS: `arn:aws:sts::${other}:assumed-role/vendor/*` }, vendor, false],
  ["no wildcard for part of a role’s name", { AWS: `arn:aws:iam::${other}:role/*` }, vendor, false],
  ["no question mark for part of a role’s name", { AWS: `arn:aws:iam::${other}:role/service/vendo?` }, vendor, false],
  ["no wildcard for the account", { AWS: "arn:aws:iam::*:role/service/vendor" }, vendor, false],
  ["one of several roles", { AWS: [`arn:aws:iam::${other}:role/a`, vendorRole] }, vendor, true],
]);

provePrincipals("Principal: users", `${page}#principal-users`, [
  ["a user", { AWS: `arn:aws:iam::${other}:user/carol` }, carol, true],
  ["another user", { AWS: `arn:aws:iam::${other}:user/dave` }, carol, false],
  ["the case of a user’s name", { AWS: `arn:aws:iam::${other}:user/Carol` }, carol, false],
  ["no wildcard for all users", { AWS: `arn:aws:iam::${other}:user/*` }, carol, false],
  [
    "one of several users",
    { AWS: [`arn:aws:iam::${other}:user/dave`, `arn:aws:iam::${other}:user/carol`] },
    carol,
    true,
  ],
  ["no group", { AWS: `arn:aws:iam::${other}:group/carol` }, carol, false],
  ["a federated user’s session", { AWS: `arn:aws:sts::${other}:federated-user/guest` }, federatedUser, true],
  ["another federated user’s session", { AWS: `arn:aws:sts::${other}:federated-user/other` }, federatedUser, false],
]);

provePrincipals("Principal: unique ids", iam("reference_identifiers"), [
  ["a role’s id, its session", { AWS: "AROAVENDOR" }, vendor, true],
  ["a role’s id, whichever session", { AWS: "AROAVENDOR" }, anySession, true],
  ["a user’s id", { AWS: "AIDACAROL" }, carol, true],
  ["the id of a role that was deleted", { AWS: "AROAFORMERVENDOR" }, vendor, false],
  ["the id of a user that was deleted", { AWS: "AIDAFORMERCAROL" }, carol, false],
]);

provePrincipals("Principal: services", `${page}#principal-services`, [
  ["a service", { Service: "s3.amazonaws.com" }, service("s3"), true],
  ["another service", { Service: "s3.amazonaws.com" }, service("sns"), false],
  [
    "one of several services",
    { Service: ["ecs.amazonaws.com", "elasticloadbalancing.amazonaws.com"] },
    service("ecs"),
    true,
  ],
  ["a service, a user", { Service: "s3.amazonaws.com" }, carol, false],
  ["a service’s name among accounts", { AWS: "s3.amazonaws.com" }, service("s3"), false],
  ["no wildcard for part of a service’s name", { Service: "*.amazonaws.com" }, service("s3"), false],
  ["services and accounts, a user", { Service: "s3.amazonaws.com", AWS: other }, carol, true],
  ["services and accounts, the service", { Service: "s3.amazonaws.com", AWS: other }, service("s3"), true],
]);

provePrincipals("Principal: identity providers", `${page}#principal-federated-web-identity`, [
  ["a provider", { Federated: "cognito-identity.amazonaws.com" }, cognito, true],
  ["another provider", { Federated: "accounts.google.com" }, cognito, false],
  ["a SAML provider", { Federated: `arn:aws:iam::${other}:saml-provider/corporate` }, saml, true],
  ["another SAML provider", { Federated: `arn:aws:iam::${other}:saml-provider/partner` }, saml, false],
  ["one of several", { Federated: ["accounts.google.com", "cognito-identity.amazonaws.com"] }, cognito, true],
  ["a provider’s name among services", { Service: "cognito-identity.amazonaws.com" }, cognito, false],
]);

provePrincipals("Principal: everyone", `${page}#principal-anonymous`, [
  ["*, a user", "*", carol, true],
  ["*, a session", "*", vendor, true],
  ["*, somebody without a signature", "*", anonymous, true],
  ["AWS *, a user", { AWS: "*" }, carol, true],
  ["AWS *, a session", { AWS: "*" }, vendor, true],
  ["AWS *, somebody without a signature", { AWS: "*" }, anonymous, true],
  ["AWS * in a list", { AWS: ["*"] }, carol, true],
  ["a user, somebody without a signature", { AWS: `arn:aws:iam::${other}:user/carol` }, anonymous, false],
]);

const everyoneReads = { Sid: "Everyone", Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/*` };

prove("Principals in policies", [
  {
    rule: "Everyone: who has no signature needs nothing else, nor has our own account; another account needs its own policy",
    page: `${page}#principal-anonymous`,
    given: { resource: [{ ...everyoneReads, Principal: "*" }] },
    cases: [
      ["without a signature", { by: anonymous }, { result: "Allowed", deciding: ["Everyone"] }],
      ["a user of our account", { by: alice }, { result: "Allowed", deciding: ["Everyone"] }],
      ["a role of our account", { by: developer }, "Allowed"],
      ["a user of another account", { by: carol }, { result: "ImplicitlyDenied", missing: ["identity"] }],
      [
        "a user of another account whose policy allows it",
        { by: carol, identity: [{ Sid: "Mine", Effect: "Allow", Action: "s3:*", Resource: "*" }] },
        { result: "Allowed", deciding: ["Everyone", "Mine"] },
      ],
      ["without a signature, what is not given", { by: anonymous, does: "s3:PutObject" }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "Who has no signature has no ARN, no account’s policies and no name",
    page: iam("reference_policies_condition-keys"),
    given: { by: anonymous },
    cases: [
      [
        "a condition on the principal’s ARN",
        { resource: [{ ...everyoneReads, Principal: "*", Condition: { Null: { "aws:PrincipalArn": "true" } } }] },
        "Allowed",
      ],
      [
        "a condition on the kind of principal",
        {
          resource: [
            { ...everyoneReads, Principal: "*", Condition: { StringEquals: { "aws:PrincipalType": "Anonymous" } } },
          ],
        },
        "Allowed",
      ],
      ["no resource policy", {}, { result: "ImplicitlyDenied", missing: ["resource"] }],
    ],
  },
  {
    rule: "Our own account as principal lets its administrators give access; it gives none itself",
    page: `${page}#principal-accounts`,
    given: { resource: [{ ...everyoneReads, Principal: { AWS: own } }] },
    cases: [
      ["a user without a policy", { by: alice }, { result: "ImplicitlyDenied", missing: ["identity"] }],
      [
        "a user with a policy",
        { by: alice, identity: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] },
        "Allowed",
      ],
      ["the root user", { by: rootUser }, "Allowed"],
    ],
  },
  {
    rule: "Deny of an account means everybody in it",
    page: `${page}#principal-accounts`,
    given: { identity: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
    cases: [
      [
        "a user",
        { by: alice, resource: [{ ...everyoneReads, Effect: "Deny", Principal: { AWS: own } }] },
        "ExplicitlyDenied",
      ],
      [
        "a session",
        { by: developer, resource: [{ ...everyoneReads, Effect: "Deny", Principal: { AWS: own } }] },
        "ExplicitlyDenied",
      ],
      [
        "not another account",
        { by: alice, resource: [{ ...everyoneReads, Effect: "Deny", Principal: { AWS: other } }] },
        "Allowed",
      ],
    ],
  },
  {
    rule: "Deny with NotPrincipal spares only whom it lists, with role and account",
    page: iam("reference_policies_elements_notprincipal"),
    given: {
      of: own,
      identity: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      resource: [
        {
          Sid: "Others",
          Effect: "Deny",
          NotPrincipal: { AWS: [vendorSession, vendorRole, account] },
          Action: "s3:*",
          Resource: "*",
        },
        { Sid: "Read", Effect: "Allow", Principal: { AWS: [other, own] }, Action: "s3:GetObject", Resource: "*" },
      ],
    },
    cases: [
      ["the session that it lists", { by: vendor }, { result: "Allowed", mismatch: { Others: "NotPrincipal" } }],
      ["a user of our account", { by: alice }, { result: "ExplicitlyDenied", deciding: ["Others"] }],
      ["a session of our account", { by: developer }, "ExplicitlyDenied"],
      ["somebody without a signature", { by: anonymous }, "ExplicitlyDenied"],
      ["what the policies do not give", { by: vendor, does: "s3:PutObject", identity: [] }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "NotPrincipal with Deny must name the account, and a session’s role, too: without them it spares nobody",
    page: iam("reference_policies_elements_notprincipal"),
    given: { identity: allowAll },
    cases: [
      ["the user", { by: alice, resource: sparing([`arn:aws:iam::${own}:user/alice`]) }, "ExplicitlyDenied"],
      ["user and account", { by: alice, resource: sparing([`arn:aws:iam::${own}:user/alice`, own]) }, "Allowed"],
      ["the session", { by: developer, resource: sparing([developerSession]) }, "ExplicitlyDenied"],
      ["session and role", { by: developer, resource: sparing([developerSession, developerRole]) }, "ExplicitlyDenied"],
      ["session and account", { by: developer, resource: sparing([developerSession, own]) }, "ExplicitlyDenied"],
      ["all three", { by: developer, resource: sparing([developerSession, developerRole, own]) }, "Allowed"],
    ],
  },
  {
    rule: "Deny with NotPrincipal denies whoever has a permissions boundary, listed or not",
    page: boundaries,
    given: {
      by: alice,
      identity: allowAll,
      resource: [
        {
          Sid: "Others",
          Effect: "Deny",
          NotPrincipal: { AWS: [`arn:aws:iam::${own}:user/alice`, own] },
          Action: "s3:*",
          Resource: "*",
        },
      ],
    },
    cases: [
      ["without a boundary", {}, { result: "Allowed", mismatch: { Others: "NotPrincipal" } }],
      ["with one", { boundary: allowAll }, { result: "ExplicitlyDenied", deciding: ["Others"] }],
    ],
  },
  {
    rule: "Deny with NotPrincipal and a user of another account",
    page: iam("reference_policies_elements_notprincipal"),
    given: {
      identity: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      resource: [
        {
          Sid: "NotCarol",
          Effect: "Deny",
          NotPrincipal: { AWS: [`arn:aws:iam::${other}:user/carol`, account] },
          Action: "s3:*",
          Resource: [bucket, `${bucket}/*`],
        },
        {
          Sid: "Carol",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${other}:user/carol` },
          Action: "s3:*",
          Resource: `${bucket}/*`,
        },
      ],
    },
    cases: [
      ["that user", { by: carol }, "Allowed"],
      ["our own user", { by: alice }, "ExplicitlyDenied"],
      ["our own root user", { by: rootUser }, "ExplicitlyDenied"],
    ],
  },
  {
    rule: "Allow with NotPrincipal gives everybody else access, who has no signature included",
    page: iam("reference_policies_elements_notprincipal"),
    given: { resource: [{ ...everyoneReads, Sid: "AllBut", NotPrincipal: { AWS: `arn:aws:iam::${own}:user/alice` } }] },
    cases: [
      ["whom it lists", { by: alice }, { result: "ImplicitlyDenied", mismatch: { AllBut: "NotPrincipal" } }],
      ["without a signature", { by: anonymous, on: object }, "Allowed"],
    ],
  },
  {
    rule: "Everyone but one: Deny with a condition on the principal’s ARN",
    page: `${page}#principal-anonymous`,
    given: {
      identity: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      resource: [
        {
          Sid: "OnlyAlice",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { ArnNotEquals: { "aws:PrincipalArn": `arn:aws:iam::${own}:user/alice` } },
        },
      ],
    },
    cases: [
      ["that user", { by: alice }, { result: "Allowed", mismatch: { OnlyAlice: "Condition" } }],
      ["a session", { by: developer }, "ExplicitlyDenied"],
      ["without a signature, where the key is absent", { by: anonymous, identity: [] }, "ExplicitlyDenied"],
      ["the root user", { by: rootUser, identity: [] }, "ExplicitlyDenied"],
    ],
  },
]);

function sparing(AWS: readonly string[]) {
  return [{ Effect: "Deny", NotPrincipal: { AWS }, Action: "*", Resource: "*" }];
}
