import assert from "node:assert/strict";
import fc from "fast-check";
import type { Step } from "../../../src/account/account";
import { schedule } from "../../../src/account/schedule";
import { UserError } from "../../../src/policy/userError";

function step(id: string, ...dependsOn: string[]): Step {
  return {
    id,
    dependsOn,
    verb: "create",
    kind: "role",
    name: id,
    sentence: id,
    before: undefined,
    after: undefined,
    permissions: [],
  };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const options = { concurrency: 6, signal: undefined };

describe("scheduling steps", () => {
  it("independent steps run together, dependent ones after what they depend on", async () => {
    const log: string[] = [];
    const steps = [step("attach", "role", "policy"), step("role"), step("policy")];
    const result = await schedule(
      steps,
      async (each) => {
        log.push(`begin ${each.id}`);
        await turn();
        log.push(`end ${each.id}`);
        return each;
      },
      options,
    );
    assert.equal(result.status, "done");
    assert.deepEqual(log, ["begin role", "begin policy", "end role", "end policy", "begin attach", "end attach"]);
  });

  it("after a failure nothing more is begun, and what runs is waited for", async () => {
    const steps = [step("fails"), step("slow"), step("later", "slow")];
    const problem = new Error("no");
    const result = await schedule(
      steps,
      async (each) => {
        if (each.id === "fails") throw problem;
        await turn();
        return each;
      },
      options,
    );
    assert.equal(result.status, "failed");
    assert.deepEqual(
      result.done.map(({ id }) => id),
      ["slow"],
    );
    assert.deepEqual(
      result.notDone.map(({ id }) => id),
      ["fails", "later"],
    );
    assert.equal(result.failure?.error, problem);
    assert.equal(result.failure?.step.id, "fails");
  });

  it("of two failures the first is told", async () => {
    const result = await schedule(
      [step("a"), step("b")],
      async ({ id }) => {
        if (id === "a") await turn();
        throw new Error(id);
      },
      options,
    );
    assert.equal(result.failure?.step.id, "b");
  });

  it("a step that was cancelled is no failure", async () => {
    const result = await schedule(
      [step("a")],
      async () => {
        throw new UserError("cancelled", "Cancelled.");
      },
      options,
    );
    assert.equal(result.status, "cancelled");
    assert.equal(result.failure, undefined);
  });

  it("cancelling when all is done changes nothing", async () => {
    const controller = new AbortController();
    const run = async (each: Step) => {
      controller.abort();
      return each;
    };
    const result = await schedule([step("a")], run, { concurrency: 6, signal: controller.signal });
    assert.equal(result.status, "done");
  });

  it("no steps: done", async () => {
    assert.equal((await schedule([], async (each) => each, options)).status, "done");
  });

  it("any graph: each step once, after its dependencies, never more at a time than allowed", async () => {
    const graph = fc
      .array(fc.array(fc.nat({ max: 20 }), { maxLength: 4 }), { maxLength: 12 })
      .map((rows) =>
        rows.map((row, index) =>
          step(`s${index}`, ...new Set(row.filter((each) => each < index).map((each) => `s${each}`))),
        ),
      );
    await fc.assert(
      fc.asyncProperty(graph, fc.integer({ min: 1, max: 4 }), async (steps, concurrency) => {
        const ended = new Set<string>();
        let running = 0;
        const result = await schedule(
          [...steps].reverse(),
          async (each) => {
            assert.equal(
              each.dependsOn.every((id) => ended.has(id)),
              true,
            );
            running += 1;
            assert.equal(running <= concurrency, true);
            await turn();
            running -= 1;
            ended.add(each.id);
            return each;
          },
          { concurrency, signal: undefined },
        );
        assert.equal(result.status, "done");
        assert.equal(result.done.length, steps.length);
        assert.equal(ended.size, steps.length);
      }),
      { numRuns: 50 },
    );
  });
});
