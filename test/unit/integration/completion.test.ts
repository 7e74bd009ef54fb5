import assert from "node:assert/strict";
import { answersOf, completedTexts, completionSteps, isPending } from "../../../src/integration/completion";
import { loadIntegration } from "../../../src/integration/loadIntegration";
import { newRequest } from "../../../src/integration/newRequest";
import { scaffold } from "../../../src/integration/scaffold";
import { catalog } from "../../../src/vendors/catalog";
import { allSamples } from "../vendors/sampleRequests";
import { memoryFileSystem } from "./memoryFileSystem";
import { vendor } from "./requests";

const userArn = "arn:aws:iam::345678901234:user/abc";
const externalId = "AB12345_SFCRole=2_x7Q=";

async function snowflake(answers: Readonly<Record<string, string>> = {}) {
  const fs = memoryFileSystem();
  const definition = vendor("snowflake");
  const parameters = { buckets: ["training-data"], ...answers };
  const request = newRequest(definition, { account: "210987654321", region: "eu-west-1", parameters });
  return { fs, integration: await scaffold(fs, "vendor-access", { definition, request, name: "warehouse" }) };
}

describe("an integration in two phases", () => {
  it("lets nobody in at first, and says so", async () => {
    const { integration } = await snowflake();
    assert.ok(isPending(integration));
    assert.deepEqual(
      integration.manifestFindings.map(({ check, severity }) => `${severity} ${check}`),
      ["warning manifest-incomplete"],
    );
    const trust = integration.documents.find(({ role }) => role === "trust");
    assert.match(trust?.text ?? "", /"Deny"/);
    assert.deepEqual(trust?.findings, []);
  });

  it("says what to do at the vendor, with what is to be entered there", async () => {
    const { integration } = await snowflake();
    const [first = ""] = completionSteps(integration);
    assert.match(
      first,
      /STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::210987654321:role\/VendorAccess-snowflake-training-data'/,
    );
    assert.match(first, /'s3:\/\/training-data\/'/);
  });

  it("is complete with what the vendor shows: the manifest has it, and the trust policy lets the vendor in", async () => {
    const { fs, integration } = await snowflake();
    assert.deepEqual(
      answersOf(integration).map(({ name }) => name),
      ["snowflakeUserArn", "externalId"],
    );
    const texts = completedTexts(integration, { snowflakeUserArn: userArn, externalId });
    assert.deepEqual(
      [...texts.keys()],
      ["vendor-access/warehouse/integration.json", "vendor-access/warehouse/trust-policy.json"],
    );
    for (const [path, text] of texts) await fs.write(path, text);
    const loaded = await loadIntegration(fs, "vendor-access/warehouse", { vendors: catalog });
    assert.ok(!("broken" in loaded));
    assert.ok(!isPending(loaded));
    assert.deepEqual([loaded.manifestFindings, loaded.documents.flatMap(({ findings }) => findings)], [[], []]);
    const { integration: atOnce } = await snowflake({ snowflakeUserArn: userArn, externalId });
    assert.deepEqual(
      loaded.documents.map(({ text }) => text),
      atOnce.documents.map(({ text }) => text),
    );
    assert.deepEqual(loaded.manifest.parameters, atOnce.manifest.parameters);
  });

  it("can be completed bit by bit, and anew when the vendor shows something else", async () => {
    const { fs, integration } = await snowflake();
    const first = completedTexts(integration, { externalId });
    assert.deepEqual([...first.keys()], ["vendor-access/warehouse/integration.json"]);
    for (const [path, text] of completedTexts(integration, { snowflakeUserArn: userArn, externalId }))
      await fs.write(path, text);
    const loaded = await loadIntegration(fs, "vendor-access/warehouse", { vendors: catalog });
    assert.ok(!("broken" in loaded));
    assert.deepEqual(completedTexts(loaded, { externalId }).size, 0);
    const anew = completedTexts(loaded, { externalId: "another-one" });
    assert.match(anew.get("vendor-access/warehouse/trust-policy.json") ?? "", /"sts:ExternalId": "another-one"/);
  });

  for (const { definition, name, request } of allSamples) {
    it(`${definition.id}, ${name}: waits for an answer exactly when nobody may assume the role`, () => {
      const manifest = { ...request, id: "x", vendor: definition.id, documents: {} };
      assert.equal(isPending({ definition, manifest }), name.endsWith("pending"));
    });
  }
});
