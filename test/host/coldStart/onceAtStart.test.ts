import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { Diagnostics } from "../../../src/editor/diagnostics";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import { catalog } from "../../../src/vendors/catalog";
import { manifest, permissions, retiredPrincipal, trust } from "../documents";
import { clearWorkspace, eventually, openFile, writeFile } from "../testWorkspace";

describe("at the start of a window", () => {
  after(clearWorkspace);

  it("an integration is checked once, also one with an open document", async () => {
    await clearWorkspace();
    await writeFile("vendor-access/lake/integration.json", manifest("training-data"));
    await writeFile("vendor-access/lake/permissions-policy.json", permissions("training-data"));
    const { document } = await openFile("vendor-access/lake/trust-policy.json", trust(retiredPrincipal));
    // What the changes above bring is over.
    await wait(500);
    let checks = 0;
    let give: () => void = () => undefined;
    const given = new Promise<void>((resolve) => {
      give = resolve;
    });
    const diagnostics = new Diagnostics({
      vendors: catalog,
      // What the account told is asked for at each check.
      buckets: () => {
        checks += 1;
        return [];
      },
      documentation: { ready: Promise.resolve(), uri: () => document.uri },
      // And what it is of a document by itself, which VS Code may have open for its own sake.
      kinds: {
        of: () => {
          checks -= 1;
          return undefined;
        },
      },
      loadReference: async () => {
        await given;
        return loadServiceReference();
      },
    });
    try {
      await wait(300);
      assert.equal(checks, 0, "what is not complete yet is not checked");
      give();
      const file = await eventually("the integration is checked", () => diagnostics.of(document));
      assert.ok(
        file.findings.some(({ check }) => check === "principal-retired"),
        "the finding is there",
      );
      await wait(500);
      assert.equal(checks, 1);
    } finally {
      diagnostics.dispose();
    }
  });
});
