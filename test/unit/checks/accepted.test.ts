import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { acceptableChecks, acceptEdits } from "../../../src/checks/acceptedFindings";
import { applyEdits, applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import { checkManifest } from "../../../src/checks/checkManifest";
import type { CheckContext } from "../../../src/checks/finding";
import { checkIds, withSeverities } from "../../../src/checks/severities";
import { blockingFindings, findingsOf } from "../../../src/integration/blockingFindings";
import { buildIntegration } from "../../../src/integration/buildIntegration";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import type { AcceptedFinding, Manifest } from "../../../src/vendors/manifest";
import { sampleManifest } from "../sampleManifest";

const manifest: Manifest = {
  ...sampleManifest,
  vendor: "activeloop-deep-lake",
  accessLevel: "read-write",
  role: { name: "deep-lake" },
};

function within(accepted: readonly AcceptedFinding[], documentRole: "permissions" | "trust" = "trust"): CheckContext {
  const definition = findVendor(manifest.vendor);
  assert.ok(definition, manifest.vendor);
  return { vendors: catalog, integration: { manifest: { ...manifest, accepted }, definition, documentRole } };
}

const retired = "arn:aws:iam::574987031486:role/activeloop_backend";
const text = JSON.stringify(
  { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: retired }, Action: "sts:AssumeRole" }] },
  null,
  2,
);
const entry: AcceptedFinding = {
  check: "principal-retired",
  document: "trust",
  reason: "They still use it, ticket 4711.",
};

describe("an accepted finding", () => {
  it("is a hint that ends with the reason, and is not repaired with the rest", () => {
    const [finding, ...more] = checkDocument(text, within([entry]));
    assert.deepEqual(more, []);
    assert.equal(finding?.severity, "hint");
    assert.equal(finding?.accepted, entry.reason);
    assert.ok(finding?.message.endsWith("Accepted: They still use it, ticket 4711."), finding?.message);
    assert.equal(applySafeFixes(text, (current) => checkDocument(current, within([entry]))).fixed, 0);
    assert.ok((finding?.fixes.length ?? 0) > 0, "the fix is still offered");
  });

  for (const [what, accepted] of [
    ["another check", { ...entry, check: "principal-mismatch" }],
    ["another document", { ...entry, document: "permissions" }],
    ["no reason", { ...entry, reason: "  " }],
  ] as const) {
    it(`stays an error with ${what}`, () => {
      assert.deepEqual(
        checkDocument(text, within([accepted])).map(({ severity }) => severity),
        ["error"],
      );
    });
  }

  it("can't be what keeps the text from being JSON", () => {
    const broken = text.replace("[", "[,");
    const context = within([{ ...entry, check: "json-syntax" }]);
    assert.ok(
      checkDocument(broken, context).some(({ check, severity }) => check === "json-syntax" && severity === "error"),
    );
    for (const check of ["json-syntax", "comment", "trailing-comma", "manifest-invalid"]) {
      assert.ok(!acceptableChecks.includes(check), check);
    }
  });

  it("blocks no apply, and is among the warnings that its confirmation shows", () => {
    const permissions = {
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:GetBucketLocation", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: ["arn:aws:s3:::training-data", "arn:aws:s3:::training-data/*"],
    };
    const build = (accepted: readonly AcceptedFinding[]) =>
      buildIntegration(
        {
          name: "x",
          folder: "x",
          manifestText: JSON.stringify({ ...manifest, accepted }),
          documentTexts: new Map([
            ["trust-policy.json", text],
            ["permissions-policy.json", JSON.stringify({ Version: "2012-10-17", Statement: [permissions] })],
          ]),
        },
        { vendors: catalog },
      );
    assert.equal(blockingFindings(build([])).length, 1);
    assert.deepEqual(blockingFindings(build([entry])), []);
    assert.deepEqual(
      findingsOf(build([entry]), "warning").map(({ finding }) => finding.accepted),
      [entry.reason],
    );
  });
});

describe("integration.json", () => {
  const check = (accepted: unknown) =>
    checkManifest(JSON.stringify({ ...manifest, accepted }, null, 2), { vendors: catalog, fileExists: () => true });
  for (const [what, accepted, expected] of [
    ["takes what it should", [entry], []],
    ["takes an empty list", [], []],
    ["names an unknown check", [{ ...entry, check: "principal-retire" }], ["manifest-accepted-invalid"]],
    ["names a check that can't be accepted", [{ ...entry, check: "json-syntax" }], ["manifest-accepted-invalid"]],
    ["gives no reason", [{ ...entry, reason: " " }], ["manifest-accepted-invalid"]],
    ["leaves the reason out", [{ check: entry.check, document: "trust" }], ["manifest-invalid"]],
    ["names no document", [{ ...entry, document: "bucket" }], ["manifest-invalid"]],
    ["is no list", { check: "x" }, ["manifest-invalid"]],
    ["has texts in it", ["principal-retired"], ["manifest-invalid"]],
  ] as const) {
    it(what, () => {
      assert.deepEqual(
        check(accepted).findings.map((finding) => finding.check),
        expected,
      );
    });
  }

  it("still says what it is for with an unknown check in it", () => {
    assert.equal(check([{ ...entry, check: "of-a-later-version" }]).manifest?.vendor, manifest.vendor);
  });

  it("offers the check that was meant", () => {
    const [finding] = check([{ ...entry, check: "principal-retire" }]).findings;
    assert.deepEqual(
      finding?.fixes.map(({ title }) => title),
      ["Replace by principal-retired"],
    );
  });
});

describe("acceptEdits", () => {
  const added = (before: object | string, indent?: number) => {
    const manifestText = typeof before === "string" ? before : JSON.stringify(before, null, indent);
    return applyEdits(manifestText, acceptEdits(manifestText, entry));
  };
  const second = { ...entry, check: "principal-foreign" };
  it("adds the list, then to it, in the layout that is there", () => {
    assert.equal(
      added(manifest, 2).replace('"Accepted', ""),
      `${JSON.stringify(manifest, null, 2).slice(0, -2)},\n  "accepted": [\n    {\n      "check": "principal-retired",\n      "document": "trust",\n      "reason": "They still use it, ticket 4711."\n    }\n  ]\n}`,
    );
    assert.equal(
      added({ ...manifest, accepted: [second] }, 2),
      JSON.stringify({ ...manifest, accepted: [second, entry] }, null, 2),
    );
  });

  for (const [what, before] of [
    ["one line", JSON.stringify(manifest)],
    ["an empty list", JSON.stringify({ ...manifest, accepted: [] }, null, 2)],
    ["something else in its place", JSON.stringify({ ...manifest, accepted: null }, null, 2)],
    ["a list in one line", JSON.stringify({ ...manifest, accepted: [second] })],
  ] as const) {
    it(`gives JSON with ${what}`, () => {
      const { accepted } = JSON.parse(added(before)) as { accepted: readonly unknown[] };
      assert.deepEqual(accepted.at(-1), entry);
    });
  }

  it("leaves alone what it can't read", () => {
    assert.deepEqual(acceptEdits("[]", entry), []);
    assert.deepEqual(acceptEdits("", entry), []);
  });
});

describe("severities", () => {
  const findings = checkDocument(text, within([]));
  it("show a finding as the setting says, or not at all", () => {
    for (const level of ["error", "warning", "information", "hint"] as const) {
      assert.deepEqual(
        withSeverities(findings, { "principal-retired": level }).map(({ severity }) => severity),
        [level],
      );
    }
    assert.deepEqual(withSeverities(findings, { "principal-retired": "off" }), []);
  });

  it("leave everything else as it is, also what a settings file has by mistake", () => {
    assert.equal(withSeverities(findings, {}), findings);
    for (const settings of [{ "sid-invalid": "off" }, { "principal-retired": "loud" }, { constructor: "off" }]) {
      assert.deepEqual(withSeverities(findings, settings as never), findings);
    }
  });

  it("don't raise what is accepted", () => {
    const accepted = checkDocument(text, within([entry]));
    assert.deepEqual(withSeverities(accepted, { "principal-retired": "error" }), accepted);
    assert.deepEqual(withSeverities(accepted, { "principal-retired": "off" }), []);
  });

  it("name every check once", () => {
    assert.deepEqual([...new Set(checkIds)], checkIds);
  });
});
