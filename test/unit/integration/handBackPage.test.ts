import assert from "node:assert/strict";
import { handBackPage, handBackPlace } from "../../../src/integration/handBackPage";
import { planImport } from "../../../src/integration/importPagePlan";
import { readPage } from "../../../src/integration/page/readPage";
import { catalog } from "../../../src/vendors/catalog";
import { vendor } from "./requests";

const policy = `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::BUCKET/*" }] }`;

describe("the page where the values are handed back", () => {
  it("is that of the definition", () => {
    const fivetran = vendor("fivetran");
    assert.equal(handBackPage(fivetran), fivetran.handBackTo.url);
    assert.equal(handBackPlace(fivetran), `${fivetran.handBackTo.label} (${fivetran.handBackTo.url})`);
  });

  it("is none where a definition was made of a page whose address nobody knows: no other page is opened for it", () => {
    const page = readPage(`Give Nimbus access:\n\n${policy}\n`, catalog);
    const { definition } = planImport(page, catalog, { vendor: "Nimbus", today: "2026-01-02" });
    assert.equal(handBackPage(definition), undefined);
    assert.equal(handBackPlace(definition), "Nimbus");
  });
});
