import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import { fuzz } from "../../fuzz/fuzz";

describe("mutated documents", () => {
  it("are read, checked and fixed without an error, and every fix is sound", async () => {
    // A sample; `npm run fuzz` has 200,000 of them, and looks at the time, too.
    const { failures } = fuzz({ documents: 1_500, seed: 20_261_122, reference: await loadServiceReference() });
    assert.deepEqual(
      failures.map(({ number, source, error }) => `document ${number} of ${source}: ${error}`),
      [],
    );
  });
});
