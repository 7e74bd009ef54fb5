import type { RequestPrincipal } from "../../../../../src/policy/evaluate/evaluation";
import { iam } from "./pages";
import {
  alice,
  bob,
  carol,
  developer,
  developerRole,
  other,
  own,
  vendor,
  vendorRole,
  vendorSession,
} from "./requesters";
import { prove } from "./rule";

const target = `arn:aws:iam::${own}:role/target`;
const api = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html";
const mine = [{ Sid: "Mine", Effect: "Allow", Action: "sts:AssumeRole", Resource: target }];
const trust = (AWS: string | readonly string[]) => [
  { Sid: "Trust", Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" },
];
const externalId = [{ ...trust(other)[0], Condition: { StringEquals: { "sts:ExternalId": "12345" } } }];
const _web = "sts:AssumeRoleWithWebIdentity";
const _github = `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`;
const _saml = `arn:aws:iam::${own}:saml-provider/corporate`;
const _provider = (name: string): RequestPrincipal => ({ kind: "federated", provider: name });

prove("Trust policies of roles", [
  {
    rule: "In one account: named itself, a user or role needs no policy of its own; through the account it does",
    page: api,
    given: { does: "sts:AssumeRole", on: target },
    cases: [
      [
        "a user that is named",
        { by: alice, resource: trust(`arn:aws:iam::${own}:user/alice`) },
        { result: "Allowed", deciding: ["Trust"] },
      ],
      [
        "a user that is named, with a policy",
        { by: alice, identity: mine, resource: trust(`arn:aws:iam::${own}:user/alice`) },
        "Allowed",
      ],
      [
        "another user",
        { by: bob, resource: trust(`arn:aws:iam::${own}:user/alice`) },
        { result: "ImplicitlyDenied", mismatch: { Trust: "Principal" } },
      ],
      ["a session whose role is named", { by: developer, resource: trust(developerRole) }, "Allowed"],
      [
        "the account is named, with a policy",
        { by: alice, identity: mine, resource: trust(own) },
        { result: "Allowed", deciding: ["Mine", "Trust"] },
      ],
      [
        "the account’s ARN is named, with a policy",
        { by: alice, identity: mine, resource: trust(`arn:aws:iam::${own}:root`) },
        "Allowed",
      ],
      [
        "the account is named, without a policy",
        { by: alice, resource: trust(own) },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      [
        "the account is named, with a policy for another role",
        { by: alice, identity: [{ ...mine[0], Resource: `${target}2` }], resource: trust(own) },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
    ],
  },
  {
    rule: "A policy of the identity does not suffice alone: the trust policy must allow",
    page: iam("reference_policies_evaluation-logic_policy-eval-denyallow"),
    given: {
      by: alice,
      does: "sts:AssumeRole",
      on: target,
      identity: [{ Sid: "Mine", Effect: "Allow", Action: "*", Resource: "*" }],
    },
    cases: [
      [
        "somebody else is named",
        { resource: trust(`arn:aws:iam::${own}:user/bob`) },
        { result: "ImplicitlyDenied", missing: ["resource"], mismatch: { Trust: "Principal" } },
      ],
      ["another account is named", { resource: trust(other) }, { result: "ImplicitlyDenied", missing: ["resource"] }],
      [
        "a service is named",
        { resource: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }] },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      ["nobody is named", { resource: [] }, { result: "ImplicitlyDenied", missing: ["resource"] }],
      [
        "another action is allowed",
        { resource: [{ ...trust(own)[0], Action: "sts:TagSession" }] },
        { result: "ImplicitlyDenied", missing: ["resource"], mismatch: { Trust: "Action" } },
      ],
      [
        "the trust policy denies",
        { resource: [...trust(own), { ...trust(own)[0], Sid: "No", Effect: "Deny" }] },
        { result: "ExplicitlyDenied", deciding: ["No"] },
      ],
      [
        "for other actions on a role, the trust policy does not matter",
        { does: "iam:GetRole", resource: trust(`arn:aws:iam::${own}:user/bob`) },
        "Allowed",
      ],
    ],
  },
  {
    rule: "A role must trust itself to assume itself",
    page: "https://aws.amazon.com/blogs/security/announcing-an-update-to-iam-role-trust-policy-behavior/",
    given: {
      by: { kind: "session", role: target, arn: `arn:aws:sts::${own}:assumed-role/target/a` },
      does: "sts:AssumeRole",
      on: target,
      identity: mine,
    },
    cases: [
      ["it does", { resource: trust(target) }, "Allowed"],
      [
        "it trusts somebody else",
        { resource: trust(vendorRole) },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
    ],
  },
  {
    rule: "From another account both must allow",
    page: iam("tutorial_cross-account-with-roles"),
    given: { by: carol, does: "sts:AssumeRole", on: target },
    cases: [
      [
        "the account is named, with a policy",
        { identity: mine, resource: trust(other) },
        { result: "Allowed", deciding: ["Mine", "Trust"] },
      ],
      [
        "the account is named, without a policy",
        { resource: trust(other) },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      [
        "the user is named, with a policy",
        { identity: mine, resource: trust(`arn:aws:iam::${other}:user/carol`) },
        "Allowed",
      ],
      [
        "the user is named, without a policy",
        { resource: trust(`arn:aws:iam::${other}:user/carol`) },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      [
        "only a policy",
        { identity: mine, resource: trust(own) },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      ["a role is named, its session asks", { by: vendor, identity: mine, resource: trust(vendorRole) }, "Allowed"],
      ["a session is named", { by: vendor, identity: mine, resource: trust(vendorSession) }, "Allowed"],
      [
        "one of several is named",
        { by: vendor, identity: mine, resource: trust([`arn:aws:iam::${other}:user/carol`, vendorRole]) },
        "Allowed",
      ],
      [
        "a role that was deleted is named",
        { by: vendor, identity: mine, resource: trust("AROAFORMERVENDOR") },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      [
        "everyone is named, with a condition on the principal’s ARN",
        {
          by: vendor,
          identity: mine,
          resource: [
            {
              ...trust("*")[0],
              Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${other}:role/service/*` } },
            },
          ],
        },
        "Allowed",
      ],
      [
        "everyone is named, with a condition on another ARN",
        {
          identity: mine,
          resource: [
            {
              ...trust("*")[0],
              Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${other}:role/service/*` } },
            },
          ],
        },
        { result: "ImplicitlyDenied", mismatch: { Trust: "Condition" } },
      ],
    ],
  },
  {
    rule: "Roles by the beginning of their names",
    page: iam("id_roles_use_permissions-to-switch"),
    given: {
      by: carol,
      does: "sts:AssumeRole",
      on: `arn:aws:iam::${own}:role/TestReader`,
      resource: trust(other),
      identity: [
        { Sid: "Mine", Effect: "Allow", Action: "sts:AssumeRole", Resource: `arn:aws:iam::${own}:role/Test*` },
      ],
    },
    cases: [
      ["such a role", {}, "Allowed"],
      [
        "another role",
        { on: `arn:aws:iam::${own}:role/Production` },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      [
        "such a role of another account",
        { on: "arn:aws:iam::999999999999:role/TestReader" },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      ["a role of such a path", { on: `arn:aws:iam::${own}:role/Testing/Reader` }, "Allowed"],
    ],
  },
  {
    rule: "An external ID keeps the vendor from being a confused deputy",
    page: iam("confused-deputy"),
    given: { by: vendor, does: "sts:AssumeRole", on: target, identity: mine, resource: externalId },
    cases: [
      ["the customer’s own", { with: { "sts:ExternalId": "12345" } }, "Allowed"],
      [
        "another customer’s",
        { with: { "sts:ExternalId": "67890" } },
        { result: "ImplicitlyDenied", missing: ["resource"], mismatch: { Trust: "Condition" } },
      ],
      ["none", {}, { result: "ImplicitlyDenied", missing: ["resource"], mismatch: { Trust: "Condition" } }],
      ["an empty one", { with: { "sts:ExternalId": "" } }, "ImplicitlyDenied"],
      ["no pattern", { with: { "sts:ExternalId": "*" } }, "ImplicitlyDenied"],
      [
        "the right one from another account",
        { by: alice, with: { "sts:ExternalId": "12345" } },
        { result: "ImplicitlyDenied", mismatch: { Trust: "Principal" } },
      ],
      ["any, where the role asks for none", { resource: trust(other), with: { "sts:ExternalId": "67890" } }, "Allowed"],
      [
        "one of several",
        {
          resource: [{ ...trust(other)[0], Condition: { StringEquals: { "sts:ExternalId": ["12345", "67890"] } } }],
          with: { "sts:ExternalId": "67890" },
        },
        "Allowed",
      ],
      [
        "in another case",
        {
          resource: [{ ...trust(other)[0], Condition: { StringEquals: { "sts:ExternalId": "abc" } } }],
          with: { "sts:ExternalId": "ABC" },
        },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "Session tags are an action of their own",
    page: iam("id_session-tags"),
    given: {
      by: vendor,
      does: "sts:TagSession",
      on: target,
      identity: [{ Effect: "Allow", Action: "sts:*", Resource: target }],
    },
    cases: [
      [
        "only AssumeRole is allowed",
        { resource: trust(other) },
        { result: "ImplicitlyDenied", missing: ["resource"], mismatch: { Trust: "Action" } },
      ],
      [
        "both are allowed",
        { resource: [{ ...trust(other)[0], Action: ["sts:AssumeRole", "sts:TagSession"] }] },
        "Allowed",
      ],
      [
        "with the tag that is asked for",
        {
          resource: [
            {
              ...trust(other)[0],
              Action: "sts:TagSession",
              Condition: { StringEquals: { "aws:RequestTag/Department": ["Engineering", "Marketing"] } },
            },
          ],
          with: { "aws:RequestTag/Department": "Marketing" },
        },
        "Allowed",
      ],
      [
        "with another tag",
        {
          resource: [
            {
              ...trust(other)[0],
              Action: "sts:TagSession",
              Condition: { StringEquals: { "aws:RequestTag/Department": ["Engineering", "Marketing"] } },
            },
          ],
          with: { "aws:RequestTag/Department": "Sales" },
        },
        "ImplicitlyDenied",
      ],
    ],
  },
]);
