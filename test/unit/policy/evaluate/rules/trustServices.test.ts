import type { RequestPrincipal } from "../../../../../src/policy/evaluate/evaluation";
import { iam } from "./pages";
import { alice, other, own, service } from "./requesters";
import { prove } from "./rule";

const target = `arn:aws:iam::${own}:role/target`;
const _api = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html";
const mine = [{ Sid: "Mine", Effect: "Allow", Action: "sts:AssumeRole", Resource: target }];
const trust = (AWS: string | readonly string[]) => [
  { Sid: "Trust", Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" },
];
const _externalId = [{ ...trust(other)[0], Condition: { StringEquals: { "sts:ExternalId": "12345" } } }];
const web = "sts:AssumeRoleWithWebIdentity";
const github = `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`;
const saml = `arn:aws:iam::${own}:saml-provider/corporate`;
const provider = (name: string): RequestPrincipal => ({ kind: "federated", provider: name });

prove("Trust policies for services and identity providers", [
  {
    rule: "Services assume roles by the trust policy alone",
    page: `${iam("reference_policies_elements_principal")}#principal-services`,
    given: {
      by: service("ecs"),
      does: "sts:AssumeRole",
      on: target,
      resource: [
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Service: ["ecs.amazonaws.com", "elasticloadbalancing.amazonaws.com"] },
          Action: "sts:AssumeRole",
        },
      ],
    },
    cases: [
      ["one of two services", {}, { result: "Allowed", deciding: ["Trust"] }],
      ["the other", { by: service("elasticloadbalancing") }, "Allowed"],
      [
        "a third",
        { by: service("ec2") },
        { result: "ImplicitlyDenied", missing: ["resource"], mismatch: { Trust: "Principal" } },
      ],
      [
        "a user, though its policy allows it",
        { by: alice, identity: mine },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
    ],
  },
  {
    rule: "A service acts for a known resource only",
    page: `${iam("confused-deputy")}#cross-service-confused-deputy-prevention-sts`,
    given: {
      by: service("ssm-incidents"),
      does: "sts:AssumeRole",
      on: target,
      resource: [
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Service: "ssm-incidents.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": own },
            ArnLike: { "aws:SourceArn": `arn:aws:ssm-incidents:*:${own}:incident-record/myresponseplan/*` },
          },
        },
      ],
    },
    cases: [
      [
        "that resource",
        {
          with: {
            "aws:SourceAccount": own,
            "aws:SourceArn": `arn:aws:ssm-incidents:us-east-2:${own}:incident-record/myresponseplan/1`,
          },
        },
        "Allowed",
      ],
      [
        "another resource",
        {
          with: {
            "aws:SourceAccount": own,
            "aws:SourceArn": `arn:aws:ssm-incidents:us-east-2:${own}:incident-record/other/1`,
          },
        },
        { result: "ImplicitlyDenied", mismatch: { Trust: "Condition" } },
      ],
      [
        "another account",
        {
          with: {
            "aws:SourceAccount": other,
            "aws:SourceArn": `arn:aws:ssm-incidents:us-east-2:${other}:incident-record/myresponseplan/1`,
          },
        },
        "ImplicitlyDenied",
      ],
      ["without either key", {}, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "Web identities assume roles by the trust policy alone",
    page: iam("id_roles_create_for-idp_oidc"),
    given: {
      by: provider("cognito-identity.amazonaws.com"),
      does: web,
      on: target,
      with: {
        "cognito-identity.amazonaws.com:aud": "us-east-2:pool",
        "cognito-identity.amazonaws.com:amr": ["authenticated"],
      },
      resource: [
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Federated: "cognito-identity.amazonaws.com" },
          Action: web,
          Condition: {
            StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-2:pool" },
            "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
          },
        },
      ],
    },
    cases: [
      ["the pool, signed in", {}, { result: "Allowed", deciding: ["Trust"] }],
      [
        "the pool, not signed in",
        {
          with: {
            "cognito-identity.amazonaws.com:aud": "us-east-2:pool",
            "cognito-identity.amazonaws.com:amr": ["unauthenticated"],
          },
        },
        { result: "ImplicitlyDenied", mismatch: { Trust: "Condition" } },
      ],
      [
        "another pool",
        {
          with: {
            "cognito-identity.amazonaws.com:aud": "us-east-2:other",
            "cognito-identity.amazonaws.com:amr": ["authenticated"],
          },
        },
        "ImplicitlyDenied",
      ],
      [
        "another provider",
        { by: provider("accounts.google.com") },
        { result: "ImplicitlyDenied", mismatch: { Trust: "Principal" } },
      ],
      ["by another action", { does: "sts:AssumeRole" }, { result: "ImplicitlyDenied", mismatch: { Trust: "Action" } }],
      ["by the action for SAML", { does: "sts:AssumeRoleWithSAML" }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "GitHub’s jobs: audience and subject decide",
    page: `${iam("id_roles_create_for-idp_oidc")}#idp_oidc_Create_GitHub`,
    given: {
      by: provider(github),
      does: web,
      on: target,
      resource: [
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Federated: github },
          Action: web,
          Condition: {
            StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
            StringLike: { "token.actions.githubusercontent.com:sub": "repo:GitHubOrg/GitHubRepo:ref:refs/heads/*" },
          },
        },
      ],
    },
    cases: [
      [
        "a branch of the repository",
        {
          with: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:GitHubOrg/GitHubRepo:ref:refs/heads/main",
          },
        },
        "Allowed",
      ],
      [
        "another repository",
        {
          with: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:GitHubOrg/Other:ref:refs/heads/main",
          },
        },
        "ImplicitlyDenied",
      ],
      [
        "a pull request",
        {
          with: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:GitHubOrg/GitHubRepo:pull_request",
          },
        },
        "ImplicitlyDenied",
      ],
      [
        "another audience",
        {
          with: {
            "token.actions.githubusercontent.com:aud": "else",
            "token.actions.githubusercontent.com:sub": "repo:GitHubOrg/GitHubRepo:ref:refs/heads/main",
          },
        },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "SAML",
    page: iam("id_roles_create_for-idp_saml"),
    given: {
      by: provider(saml),
      does: "sts:AssumeRoleWithSAML",
      on: target,
      with: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
      resource: [
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Federated: saml },
          Action: "sts:AssumeRoleWithSAML",
          Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
        },
      ],
    },
    cases: [
      ["the provider", {}, { result: "Allowed", deciding: ["Trust"] }],
      [
        "another audience",
        { with: { "SAML:aud": "https://elsewhere.example" } },
        { result: "ImplicitlyDenied", mismatch: { Trust: "Condition" } },
      ],
      [
        "another provider",
        { by: provider(`${saml}2`) },
        { result: "ImplicitlyDenied", mismatch: { Trust: "Principal" } },
      ],
      ["by AssumeRole", { does: "sts:AssumeRole" }, "ImplicitlyDenied"],
    ],
  },
]);
