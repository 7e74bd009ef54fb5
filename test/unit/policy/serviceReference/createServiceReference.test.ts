import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createServiceReference } from "../../../../src/policy/serviceReference/createServiceReference";

describe("a service reference of other data", () => {
  const reference = createServiceReference({
    date: "2026-01-02",
    services: {
      "toy-box": "Toy Box|ListToys|GetToy GetToyState|MakeToy|LendToy|TagToy",
      toy: "Toys||GetToy|||",
    },
    otherKeyPrefixes: ["game"],
    globalConditionKeys: ["aws:ResourceTag/${TagKey}|String|A tag", "aws:Now|Date|The time"],
    inFull: {
      toy: {
        conditionKeys: ["aws:ResourceTag/${TagKey}|Numeric|Another tag", "toy:Part/${Part}:color|String|A color"],
        resourceTypes: ["Toy|arn:${Partition}:toy:::${Toy}|1"],
        actions: ["GetToy|Gets a toy|Toy* box|0"],
      },
    },
  });

  it("reads actions of each access level, sorted by name", () => {
    assert.deepEqual(reference.services, ["toy-box", "toy"]);
    assert.deepEqual(
      reference.actionsOf("Toy-Box").map((action) => [action, reference.accessLevel(action)]),
      [
        ["toy-box:GetToy", "Read"],
        ["toy-box:GetToyState", "Read"],
        ["toy-box:LendToy", "Permissions management"],
        ["toy-box:ListToys", "List"],
        ["toy-box:MakeToy", "Write"],
        ["toy-box:TagToy", "Tagging"],
      ],
    );
    assert.deepEqual(reference.expand("toy*:get*"), ["toy-box:GetToy", "toy-box:GetToyState", "toy:GetToy"]);
  });

  it("reads a service in full", () => {
    assert.deepEqual(reference.action("toy:gettoy"), {
      name: "toy:GetToy",
      accessLevel: "Read",
      description: "Gets a toy",
      resourceTypes: [
        { name: "Toy", required: true },
        { name: "box", required: false },
      ],
      conditionKeys: ["aws:ResourceTag/${TagKey}", "toy:Part/${Part}:color"],
    });
    assert.deepEqual(reference.resourceTypesOf("toy"), [
      { name: "Toy", arn: "arn:${Partition}:toy:::${Toy}", conditionKeys: ["toy:Part/${Part}:color"] },
    ]);
  });

  it("prefers the global key of the same name, and finds keys with a part in the middle", () => {
    assert.equal(reference.conditionKey("aws:ResourceTag/a")?.type, "String");
    assert.equal(reference.conditionKey("aws:ResourceTag/${TagKey}")?.type, "String");
    assert.equal(reference.conditionKey("TOY:part/wheel:COLOR")?.name, "toy:Part/${Part}:color");
    assert.equal(reference.conditionKey("toy:Part/:color"), undefined);
    assert.equal(reference.conditionKey("toy:Part/wheel"), undefined);
  });
});
