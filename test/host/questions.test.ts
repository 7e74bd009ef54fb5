import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Profile } from "../../src/account/account";
import { chooseVendor, emptyDraft } from "../../src/commands/questions/draft";
import { noticeRows } from "../../src/commands/questions/pickOrType";
import { explainedRows } from "../../src/commands/questions/pickRow";
import { profileQuestion } from "../../src/commands/questions/profileQuestion";
import { catalog, findVendor } from "../../src/vendors/catalog";
import type { VendorDefinition } from "../../src/vendors/definition";
import { eventually } from "./testWorkspace";

const profiles: readonly Profile[] = ["default", "sandbox"].map((name) => ({
  name,
  source: "access key",
  region: undefined,
}));

function vendor(id: string): VendorDefinition {
  const definition = findVendor(id);
  assert.ok(definition, `the catalog has ${id}`);
  return definition;
}

describe("the questions of New Integration", () => {
  /** The question about the profile, in a window where a connection makes a profile the usual one. */
  function profileOf(vendorId: string) {
    const draft = emptyDraft();
    chooseVendor(draft, vendor(vendorId));
    const connected: { identity?: { readonly profile: string } } = {};
    const account = {
      profile: () => undefined,
      identity: () => connected.identity,
    };
    const question = profileQuestion(draft, account, Promise.resolve(profiles));
    return { draft, connected, question };
  }

  it("ask for the profile again on the way back, also when its buckets were listed", async () => {
    const { draft, connected, question } = profileOf("snowflake");
    assert.equal(await question.applies(), true);
    const answer = question.ask({ title: "New Integration", step: 1, totalSteps: 2, canGoBack: false });
    await eventually("the first profile is taken", async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return draft.profile === "default";
    });
    assert.equal(await answer, "answered");
    connected.identity = { profile: "default" };
    assert.equal(await question.applies(), true, "it may have been the wrong one");
  });

  it("ask for no profile where there is no bucket to look at", async () => {
    assert.equal(await profileOf("drata").question.applies(), false);
  });

  it("show whole sentences: no hint of the catalog is longer than a row", () => {
    const hints = catalog.flatMap(({ parameters }) => parameters.map(({ description }) => description));
    const long =
      "The ARN of whom the vendor comes as looks like arn:aws:iam::111122223333:role/name, …:user/name or …:root.";
    for (const hint of [...hints, long]) {
      const rows = noticeRows(hint, "info").map(({ label }) => label.replace(/^\$\(\w+\) /, ""));
      assert.equal(rows.join(" "), hint.replaceAll("`", ""));
      const cut = rows.find((row) => row.length > 80);
      assert.equal(cut, undefined, `cut off: ${cut}`);
    }
    assert.equal(noticeRows(long, "warning").length, 2);
    for (const { name, accessLevels } of catalog) {
      const rows = explainedRows(
        accessLevels.map((level) => [{ label: level.title, id: level.id }, level.description]),
      );
      for (const { id, title, description } of accessLevels) {
        const [first, ...others] = rows.filter((row) => row.id === id);
        assert.equal(first?.label, title, name);
        const lines = [first?.detail, ...others.map(({ label }) => label.replace("$(blank) ", ""))];
        assert.equal(lines.filter(Boolean).join(" "), description, name);
        assert.ok(!lines.some((line) => line && line.length > 80), `cut off: ${description}`);
      }
    }
  });
});
