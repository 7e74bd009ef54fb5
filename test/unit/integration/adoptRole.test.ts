import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { adoptRole, type FoundRole } from "../../../src/integration/adoptRole";
import { outsideAccess, possibleVendors } from "../../../src/integration/outsideAccess";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../../src/vendors/catalog";
import type { Parameter, VendorDefinition } from "../../../src/vendors/definition";
import type { IntegrationRequest, ParameterValue } from "../../../src/vendors/manifest";
import { validateParameterValue } from "../../../src/vendors/parameterRules";
import { withDefaults } from "../../../src/vendors/parameters";
import { renderDocuments } from "../../../src/vendors/render";

const account = "210987654321";

/** Values as a customer may have; the first that the parameter takes. */
const samples = [
  "training-data",
  "arn:aws:kms:eu-west-1:210987654321:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
  "345678901234",
  "arn:aws:iam::345678901234:role/vendor",
  "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
  "f00dcafef00dcafef00dcafe",
  "ABC12345_SFCRole=2_abcdefg=",
];

function sampleOf(parameter: Parameter): ParameterValue | undefined {
  const { type, choices } = parameter;
  if (type === "choice") return choices?.[0]?.value;
  if (type === "boolean" || type === "own-account") return undefined;
  const sample = samples.find((value) => validateParameterValue(parameter, value) === undefined);
  return type === "bucket-list" && sample !== undefined ? [sample] : sample;
}

function requestOf(definition: VendorDefinition, accessLevel: string): IntegrationRequest {
  const wanted = definition.parameters.filter(({ required, default: preset }) => required && preset === undefined);
  const parameters = wanted.flatMap((parameter): [string, ParameterValue][] => {
    const value = sampleOf(parameter);
    return value === undefined ? [] : [[parameter.name, value]];
  });
  return withDefaults(definition, {
    accessLevel,
    account,
    parameters: Object.fromEntries(parameters),
    role: { name: "made-by-hand" },
  });
}

/** As a hand would make it after the vendor's page: the policy inside the role, under a name of its own. */
function madeByHand(definition: VendorDefinition, accessLevel: string, path = "/"): FoundRole | undefined {
  const request = requestOf(definition, accessLevel);
  const role = { name: "made-by-hand", path };
  const { trust, permissions } = renderDocuments(definition, { ...request, role });
  if (!trust) return undefined;
  return {
    name: "made-by-hand",
    arn: `arn:aws:iam::${account}:role${path}made-by-hand`,
    path,
    description: "by hand",
    maxSessionDuration: 3600,
    trustPolicy: trust,
    integrationId: undefined,
    policies: permissions
      ? [{ kind: "inline", name: "s3", arn: undefined, document: permissions, attachments: 1 }]
      : [],
  };
}

describe("a role that was made after a vendor's page", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

  for (const definition of catalog)
    for (const { id: accessLevel } of definition.accessLevels) {
      const role = madeByHand(definition, accessLevel);
      if (!role) continue;
      it(`${definition.id}, ${accessLevel}: the choices behind it are found`, () => {
        const { request, change } = adoptRole(definition, role, { account, partition: "aws" }, reference);
        assert.deepEqual(change, { result: "unchanged", widened: [], narrowed: [] });
        assert.equal(request.accessLevel, accessLevel);
        // A parameter that changes nothing in the documents nobody can tell from them.
        const { trust, permissions } = renderDocuments(definition, request);
        assert.deepEqual({ trust, permissions }, { trust: role.trustPolicy, permissions: role.policies[0]?.document });
      });
      it(`${definition.id}, ${accessLevel}: below a path, too`, () => {
        const below = madeByHand(definition, accessLevel, "/service-role/");
        assert.ok(below, "it has a role");
        const { request, change } = adoptRole(definition, below, { account, partition: "aws" }, reference);
        assert.deepEqual(change, { result: "unchanged", widened: [], narrowed: [] });
        assert.equal(request.role?.path, "/service-role/");
      });
      it(`${definition.id}, ${accessLevel}: is listed, and never as another vendor's`, () => {
        const [found] = outsideAccess([role], account, catalog);
        // Until the vendor has shown whom it comes as, some roles let nobody in.
        assert.equal(found !== undefined, JSON.stringify(role.trustPolicy).includes('"Effect":"Allow"'));
        // Whom a vendor shows each customer only that customer knows; vendors of one house share an account.
        const possible = found ? possibleVendors(found, catalog) : [];
        assert.ok(possible.length === 0 || possible.includes(definition), possible.map(({ id }) => id).join());
      });
    }
});
