import assert from "node:assert/strict";
import fc from "fast-check";
import { before, describe, it } from "mocha";
import { applyEdits, applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { Finding } from "../../../src/checks/finding";
import { inRange, readIpRange } from "../../../src/policy/evaluate/ipAddress";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../../src/vendors/catalog";

let reference: ServiceReference;
before(async () => {
  reference = await loadServiceReference();
});

function policy(Condition: unknown, effect = "Allow"): string {
  const Resource = ["arn:aws:s3:::training-data", "arn:aws:s3:::training-data/*"];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: effect, Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource, Condition }],
  });
}

function findings(text: string): readonly Finding[] {
  return checkDocument(text, { vendors: catalog, reference });
}

/** `error 10.0.0.0/8`, one for each finding of condition-value-invalid. */
function found(text: string): string {
  return findings(text)
    .filter(({ check }) => check === "condition-value-invalid")
    .map(({ severity, range: { offset, length } }) => `${severity} ${text.slice(offset, offset + length)}`)
    .join(", ");
}

/** The Condition after one of the fixes, or after the safe ones. */
function conditionAfter(text: string, title?: string): unknown {
  const fix = findings(text)
    .flatMap(({ fixes }) => fixes)
    .find((offered) => offered.title === title);
  const repaired = title === undefined ? applySafeFixes(text, findings).text : applyEdits(text, fix?.edits ?? []);
  return JSON.parse(repaired).Statement[0].Condition;
}

const vpc = "vpc-0a1b2c3d4e5f67890";
const endpoint = "vpce-0a1b2c3d4e5f67890";

describe("condition-value-invalid", () => {
  for (const [operator, key, value, expected] of [
    ["IpAddress", "aws:SourceIp", "10.0.0.0/8", "error aws:SourceIp"],
    ["IpAddress", "AWS:SourceIP", ["172.16.4.0/24", "192.168.1.1", "fd00::/8"], "error AWS:SourceIP"],
    ["IpAddress", "aws:SourceIp", ["100.64.0.0/10", "127.0.0.1", "::1"], "error aws:SourceIp"],
    ["IpAddress", "aws:SourceIp", ["10.0.0.0/8", "203.0.113.0/24"], "warning 10.0.0.0/8"],
    ["IpAddress", "aws:SourceIp", ["10.0.0.0/8", "${range}"], "warning 10.0.0.0/8"],
    ["IpAddressIfExists", "aws:SourceIp", "10.0.0.0/8", "warning aws:SourceIp"],
    ["NotIpAddress", "aws:SourceIp", "10.0.0.0/8", "error aws:SourceIp"],
    ["IpAddress", "aws:VpcSourceIp", "10.0.0.0/8", ""],
    ["IpAddress", "aws:SourceIp", ["172.32.0.0/16", "192.169.0.0/16", "11.0.0.0/8", "0.0.0.0/0", "8.0.0.0/5"], ""],
    ["IpAddress", "aws:SourceIp", "203.0.113.7/24", "information 203.0.113.7/24"],
    ["IpAddress", "aws:VpcSourceIp", "10.1.2.3/16", "information 10.1.2.3/16"],
    ["IpAddress", "aws:SourceIp", ["203.0.113.7", "203.0.113.7/32", "2001:db8::/32", "2001:DB8::1/128"], ""],
    ["StringEquals", "aws:SourceVpc", vpc, ""],
    ["StringEquals", "aws:SourceVpc", "vpc-1a2b3c4d", ""],
    ["StringLike", "aws:SourceVpc", ["vpc-*", "*", "vpc-0a1b????", "vp*"], ""],
    ["StringLike", "aws:SourceVpc", "vpc-xyz*", "error vpc-xyz*"],
    ["StringLike", "aws:SourceVpc", "vpce-*", "error vpce-*"],
    ["StringEquals", "aws:SourceVpc", "vpc12345", "error vpc12345"],
    ["StringEquals", "aws:SourceVpc", "vpc-1234567", "error vpc-1234567"],
    ["StringEquals", "aws:SourceVpc", "VPC-1A2B3C4D", "error VPC-1A2B3C4D"],
    ["StringEqualsIgnoreCase", "aws:SourceVpc", "VPC-1A2B3C4D", ""],
    ["StringEquals", "aws:SourceVpc", endpoint, `error ${endpoint}`],
    ["StringNotEquals", "aws:SourceVpce", [endpoint, vpc], `warning ${vpc}`],
    ["StringEquals", "aws:SourceVpce", ["${vpc_endpoint}", "<vpce-id>", "vpce-xxxxxxxx"], ""],
    ["StringEquals", "aws:RequestedRegion", ["eu-west-1", "us-gov-west-1", "us-iso-east-1", "eusc-de-east-1"], ""],
    ["StringEquals", "aws:RequestedRegion", ["ap-southeast-7", "zz-north-9", "xx-northeast-12"], ""],
    ["StringEquals", "aws:RequestedRegion", "us-esat-1", "error us-esat-1"],
    ["StringEquals", "aws:RequestedRegion", ["eu-west-1", "Frankfurt"], "warning Frankfurt"],
    ["StringLike", "aws:RequestedRegion", "eu-*", ""],
    ["StringEquals", "s3:LocationConstraint", "EU", ""],
    ["StringEquals", "aws:PrincipalTag/region", "Frankfurt", ""],
    ["DateLessThan", "aws:CurrentTime", "2027-01-31", ""],
    ["DateLessThan", "aws:CurrentTime", "2027", ""],
    ["DateLessThan", "aws:CurrentTime", "1798761600", "information 1798761600"],
    ["DateLessThan", "aws:CurrentTime", 1798761600, "information 1798761600"],
    ["DateLessThan", "aws:CurrentTime", "1798761600000", "error 1798761600000"],
    ["DateLessThan", "aws:CurrentTime", "20270131", "error 20270131"],
    ["DateLessThan", "aws:CurrentTime", "20271331", "information 20271331"],
    ["DateLessThan", "aws:EpochTime", "1798761600", ""],
    ["DateLessThan", "aws:EpochTime", "1798761600000", "error 1798761600000"],
    ["Bool", "aws:SecureTransport", ["true", "false"], "warning false"],
    ["Bool", "aws:SecureTransport", ["true"], ""],
    ["Bool", "aws:SecureTransport", [true, true], "warning true"],
    ["Null", "aws:TokenIssueTime", ["true", "false"], "warning false"],
    ["Bool", "aws:SecureTransport", ["true", "${tls}"], ""],
    ["StringEquals", "aws:PrincipalTag/level", ["1", 2, "3"], "warning 2"],
    ["StringEquals", "aws:PrincipalTag/level", [1, 2, 3], ""],
    ["StringEquals", "aws:username", [], "warning aws:username"],
  ] as const) {
    it(`says of ${operator} of ${key} and ${JSON.stringify(value)}: ${expected || "nothing"}`, () => {
      assert.equal(found(policy({ [operator]: { [key]: value } })), expected);
    });
  }

  for (const [Condition, expected] of [
    [{}, "information Condition"],
    [{ StringEquals: {} }, "information StringEquals"],
    [{ StringEquals: {}, Bool: { "aws:SecureTransport": "true" } }, "information StringEquals"],
    [{ "Fn::If": ["Limited", {}, {}] }, ""],
    [{ StringEquals: { Ref: "Limits" } }, ""],
  ] as const) {
    it(`says of ${JSON.stringify(Condition)}: ${expected || "nothing"}`, () => {
      assert.equal(found(policy(Condition)), expected);
    });
  }

  it("tells what private addresses do to an Allow and to a Deny", () => {
    const says = (operator: string, effect: string) =>
      findings(policy({ [operator]: { "aws:SourceIp": "10.0.0.0/8" } }, effect))[0]?.message.split(", so ")[1];
    assert.equal(says("IpAddress", "Allow"), "this statement never allows anything.");
    assert.equal(says("IpAddress", "Deny"), "this statement never denies anything.");
    const always = "the condition holds for every request and the statement";
    assert.equal(says("NotIpAddress", "Allow"), `${always} keeps nobody out.`);
    assert.equal(says("NotIpAddress", "Deny"), `${always} denies your own network, too.`);
  });

  for (const [before, title, after] of [
    [
      { IpAddress: { "aws:SourceIp": ["10.0.0.0/8"] } },
      "Compare with aws:VpcSourceIp",
      { IpAddress: { "aws:VpcSourceIp": ["10.0.0.0/8"] } },
    ],
    [
      { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"] } },
      "Remove 10.0.0.0/8",
      { IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } },
    ],
    [
      { IpAddress: { "aws:SourceIp": "203.0.113.7/24" } },
      undefined,
      { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    ],
    [
      { StringEquals: { "aws:SourceVpce": [vpc] } },
      "Compare with aws:SourceVpc",
      { StringEquals: { "aws:SourceVpc": [vpc] } },
    ],
    [
      { DateLessThan: { "aws:CurrentTime": 1798761600 } },
      undefined,
      { DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } },
    ],
    [
      { DateLessThan: { "aws:EpochTime": "1798761600000" } },
      "Replace by 1798761600",
      { DateLessThan: { "aws:EpochTime": "1798761600" } },
    ],
    [
      { DateLessThan: { "aws:EpochTime": "20270101" } },
      "Replace by 1798761600",
      { DateLessThan: { "aws:EpochTime": "1798761600" } },
    ],
    [
      { Bool: { "aws:SecureTransport": ["true", "false"] } },
      "Keep only true",
      { Bool: { "aws:SecureTransport": ["true"] } },
    ],
    [
      { Bool: { "aws:SecureTransport": [true, false] } },
      "Keep only false",
      { Bool: { "aws:SecureTransport": [false] } },
    ],
    [{ Bool: { "aws:SecureTransport": ["true", "true"] } }, undefined, { Bool: { "aws:SecureTransport": ["true"] } }],
    [
      { StringEquals: { "aws:username": ["a", 7, 2.5] } },
      undefined,
      { StringEquals: { "aws:username": ["a", "7", "2.5"] } },
    ],
    [{}, undefined, undefined],
    [{ StringEquals: {} }, undefined, undefined],
    [{ StringEquals: {}, Null: { "aws:username": "false" } }, undefined, { Null: { "aws:username": "false" } }],
    [{ StringEquals: { "aws:username": [] } }, undefined, { StringEquals: { "aws:username": [] } }],
    [{ StringEquals: { "aws:username": [] } }, "Remove aws:username", { StringEquals: {} }],
    [
      { StringEquals: { "aws:username": [], "aws:userid": "a" } },
      "Remove aws:username",
      { StringEquals: { "aws:userid": "a" } },
    ],
  ] as const) {
    it(`makes ${JSON.stringify(after)} of ${JSON.stringify(before)} by ${title ?? "itself"}`, () => {
      assert.deepEqual(conditionAfter(policy(before), title), after);
    });
  }

  for (const [written, meant] of [
    ["us-esat-1", "us-east-1"],
    ["eu-centrl-1", "eu-central-1"],
    ["US-EAST-1", "us-east-1"],
    ["us-east-1a", "us-east-1"],
    ["us east 1", "us-east-1"],
    ["useast1", "us-east-1"],
    ["us_gov_west_1", undefined],
    ["us-gov-wset-1", "us-gov-west-1"],
    ["us-east", undefined],
    ["Frankfurt", undefined],
  ] as const) {
    it(`offers for the region ${written}: ${meant ?? "nothing"}`, () => {
      const [finding] = findings(policy({ StringEquals: { "aws:RequestedRegion": written } }));
      assert.equal(finding?.check, "condition-value-invalid");
      assert.deepEqual(
        finding.fixes.map(({ title, safe }) => [title, safe]),
        meant === undefined ? [] : [[`Replace by ${meant}`, false]],
      );
    });
  }

  it("writes of every range the one that has the same addresses, and is content with that", () => {
    const version4 = fc.tuple(fc.ipV4(), fc.nat(32));
    const version6 = fc.tuple(fc.ipV6(), fc.nat(128));
    fc.assert(
      fc.property(fc.oneof(version4, version6), ([address, prefix]) => {
        const text = policy({ IpAddress: { "aws:VpcSourceIp": `${address}/${prefix}` } });
        const after = conditionAfter(text) as { IpAddress: { "aws:VpcSourceIp": string } };
        const written = after.IpAddress["aws:VpcSourceIp"];
        const range = readIpRange(written);
        const before = readIpRange(`${address}/${prefix}`);
        assert.ok(
          range && before && inRange(range, before) && inRange(before, range),
          `${address}/${prefix}: ${written}`,
        );
        assert.equal(found(policy({ IpAddress: { "aws:VpcSourceIp": written } })), "");
      }),
    );
  });

  it("leaves to the other checks what is theirs", () => {
    const checks = (Condition: object) => findings(policy(Condition)).map(({ check }) => check);
    assert.deepEqual(checks({ StringEquals: { "aws:SourceIp": "10.0.0.0/8" } }), ["condition-type-mismatch"]);
    assert.deepEqual(checks({ IpAddress: { "aws:SourceIp": "10.0.0" } }), ["condition-type-mismatch"]);
    assert.deepEqual(checks({ StringEquals: { "aws:RequestedRegion": "eu-*" } }), ["condition-type-mismatch"]);
    assert.deepEqual(checks({ DateLessThan: { "aws:CurrentTime": "31.12.2027" } }), ["condition-type-mismatch"]);
    assert.deepEqual(checks({ StringEquals: [] }), ["element-misplaced"]);
    assert.deepEqual(checks({ StringEqual: { "aws:RequestedRegion": "Frankfurt" } }), ["condition-operator-unknown"]);
    assert.deepEqual(checks({ StringEquals: { "aws:username": ["a", {}, 2] } }), ["element-misplaced"]);
  });
});

describe("duplicate-key", () => {
  const duplicates = (Condition: object) =>
    findings(policy(Condition)).filter(({ check }) => check === "duplicate-key");

  it("knows condition keys in other letters, under one operator", () => {
    assert.equal(duplicates({ StringLike: { "aws:username": "a", "AWS:UserName": "b" } }).length, 1);
    assert.equal(
      duplicates({ StringLike: { "aws:username": "a", "AWS:UserName": "b", "aws:USERNAME": "c" } }).length,
      2,
    );
    assert.equal(duplicates({ StringLike: { "aws:username": "a" }, StringNotLike: { "aws:UserName": "b" } }).length, 0);
  });

  it("says of a key twice in the same letters only that", () => {
    const text = policy({ StringLike: { "aws:username": "a", other: "b" } }).replace('"other"', '"aws:username"');
    assert.deepEqual(
      findings(text).map(({ check, message }) => [check, message.includes("stands twice")]),
      [["duplicate-key", true]],
    );
  });
});
