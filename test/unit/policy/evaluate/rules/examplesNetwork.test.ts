import { s3 } from "./pages";
import { alice, allowAll, anonymous, bucket, carol, object } from "./requesters";
import { prove } from "./rule";

const every = [bucket, `${bucket}/*`];
const everyone = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${bucket}/*` };
const examples = s3("example-bucket-policies");

prove("AWS’s examples: buckets, and how one reaches them", [
  {
    rule: "Only over TLS",
    page: `${examples}#example-bucket-policies-use-case-HTTP-HTTPS-1`,
    given: {
      by: alice,
      identity: allowAll,
      resource: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: every,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
    cases: [
      ["HTTPS", { with: { "aws:SecureTransport": "true" } }, "Allowed"],
      ["HTTP", { with: { "aws:SecureTransport": "false" } }, { result: "ExplicitlyDenied", deciding: ["TlsOnly"] }],
      [
        "HTTP on the bucket",
        { does: "s3:ListBucket", on: bucket, with: { "aws:SecureTransport": "false" } },
        "ExplicitlyDenied",
      ],
      [
        "the policy alone allows nothing",
        { identity: [], with: { "aws:SecureTransport": "true" } },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "Only from an organisation",
    page: `${examples}#example-bucket-policies-global-condition-keys-2`,
    given: {
      resource: [
        {
          ...everyone,
          Sid: "Organisation",
          Principal: { AWS: "*" },
          Condition: { StringEquals: { "aws:PrincipalOrgID": ["o-aa111bb222"] } },
        },
      ],
    },
    cases: [
      ["a member", { by: carol, identity: allowAll, with: { "aws:PrincipalOrgID": "o-aa111bb222" } }, "Allowed"],
      [
        "a member without a policy",
        { by: carol, with: { "aws:PrincipalOrgID": "o-aa111bb222" } },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      [
        "another organisation",
        { by: carol, identity: allowAll, with: { "aws:PrincipalOrgID": "o-other" } },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      ["no organisation", { by: carol, identity: allowAll }, "ImplicitlyDenied"],
      [
        "without a signature",
        { by: anonymous },
        { result: "ImplicitlyDenied", mismatch: { Organisation: "Condition" } },
      ],
    ],
  },
  {
    rule: "Only from these addresses",
    page: `${examples}#example-bucket-policies-IP-1`,
    given: {
      by: alice,
      identity: allowAll,
      resource: [
        {
          Sid: "Elsewhere",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: every,
          Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
        },
      ],
    },
    cases: [
      ["from there", { with: { "aws:SourceIp": "192.0.2.44" } }, "Allowed"],
      [
        "from elsewhere",
        { with: { "aws:SourceIp": "198.51.100.1" } },
        { result: "ExplicitlyDenied", deciding: ["Elsewhere"] },
      ],
      ["through a VPC endpoint, without an address", {}, "ExplicitlyDenied"],
      ["another bucket", { on: "arn:aws:s3:::other/a", with: { "aws:SourceIp": "198.51.100.1" } }, "Allowed"],
    ],
  },
  {
    rule: "IPv4 and IPv6 together, and exceptions",
    page: `${examples}#example-bucket-policies-IP-2`,
    given: {
      by: anonymous,
      resource: [
        {
          ...everyone,
          Condition: {
            IpAddress: { "aws:SourceIp": ["192.0.2.0/24", "2001:DB8:1234:5678::/64"] },
            NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678:ABCD::/80"] },
          },
        },
      ],
    },
    cases: [
      ["192.0.2.1", { with: { "aws:SourceIp": "192.0.2.1" } }, "Allowed"],
      ["2001:DB8:1234:5678::1", { with: { "aws:SourceIp": "2001:DB8:1234:5678::1" } }, "Allowed"],
      ["203.0.113.1", { with: { "aws:SourceIp": "203.0.113.1" } }, "ImplicitlyDenied"],
      ["2001:DB8:1234:5678:ABCD::1", { with: { "aws:SourceIp": "2001:DB8:1234:5678:ABCD::1" } }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "Only through a VPC endpoint",
    page: s3("example-bucket-policies-vpc-endpoint"),
    given: {
      by: alice,
      identity: allowAll,
      resource: [
        {
          Sid: "Vpce",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: every,
          Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } },
        },
      ],
    },
    cases: [
      ["through it", { with: { "aws:SourceVpce": "vpce-1a2b3c4d" } }, "Allowed"],
      ["through another", { with: { "aws:SourceVpce": "vpce-other" } }, "ExplicitlyDenied"],
      ["from the console, where the key is absent", {}, { result: "ExplicitlyDenied", deciding: ["Vpce"] }],
      [
        "somebody else through it",
        { by: carol, with: { "aws:SourceVpce": "vpce-1a2b3c4d" } },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
    ],
  },
  {
    rule: "A folder only with MFA, and not older than an hour",
    page: `${examples}#example-bucket-policies-MFA`,
    given: {
      by: alice,
      on: `${bucket}/taxdocuments/2024.pdf`,
      resource: [
        {
          Sid: "NoMfa",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: `${bucket}/taxdocuments/*`,
          Condition: { Null: { "aws:MultiFactorAuthAge": true } },
        },
        {
          Sid: "OldMfa",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: `${bucket}/taxdocuments/*`,
          Condition: { NumericGreaterThan: { "aws:MultiFactorAuthAge": 3600 } },
        },
        everyone,
      ],
    },
    cases: [
      ["MFA a minute ago", { with: { "aws:MultiFactorAuthAge": "60" } }, "Allowed"],
      ["MFA an hour ago", { with: { "aws:MultiFactorAuthAge": "3600" } }, "Allowed"],
      [
        "MFA too long ago",
        { with: { "aws:MultiFactorAuthAge": "3601" } },
        { result: "ExplicitlyDenied", deciding: ["OldMfa"] },
      ],
      ["no MFA", {}, { result: "ExplicitlyDenied", deciding: ["NoMfa"] }],
      ["another folder without MFA", { on: object }, "Allowed"],
      ["without a signature", { by: anonymous }, "ExplicitlyDenied"],
    ],
  },
  {
    rule: "Only from a website’s pages",
    page: `${examples}#example-bucket-policies-HTTP-HTTPS-2`,
    given: {
      by: anonymous,
      resource: [
        {
          ...everyone,
          Condition: { StringLike: { "aws:Referer": ["http://www.example.com/*", "http://example.com/*"] } },
        },
      ],
    },
    cases: [
      ["from a page", { with: { "aws:Referer": "http://example.com/photos.html" } }, "Allowed"],
      ["from another site", { with: { "aws:Referer": "http://example.org/" } }, "ImplicitlyDenied"],
      ["directly", {}, "ImplicitlyDenied"],
      ["the key in another case", { with: { "aws:referer": "http://www.example.com/a" } }, "Allowed"],
    ],
  },
]);
