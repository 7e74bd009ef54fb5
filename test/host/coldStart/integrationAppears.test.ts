import assert from "node:assert/strict";
import { retiredPrincipal, trust } from "../documents";
import { findings, hasCheck, writeFile } from "../testWorkspace";
import { coldStart, loads, sideBarLoads } from "./loads";

describe("a cold start, then an integration from elsewhere", () => {
  it("loads the product once for its folder, and not for others", async () => {
    await coldStart();
    await writeFile("elsewhere/deep-lake/trust-policy.json", trust(retiredPrincipal));
    assert.equal(loads(), 0);
    const uri = await writeFile("vendor-access/deep-lake/trust-policy.json", trust(retiredPrincipal));
    await findings(uri, "the retired principal is reported", hasCheck("principal-retired"));
    assert.deepEqual([loads(), sideBarLoads()], [1, 1]);
  });
});
