import type { AccountSession, KeyChange, UserAccessKey } from "../../src/account/account";
import type { Integration } from "../../src/integration/integration";
import type { Flow, Operation, ProgramWorld, Secrets, Tools } from "./flows";

/** The three parts of a rotation. Each begins and ends by itself, because a person comes in between. */
export function rotationFlows(apply: Operation, undo: Operation, tools: Tools): readonly Flow[] {
  /** A key that nobody has the secret of goes first. */
  const make: Operation = (world, { first }, secrets) =>
    rotate(world, first, secrets, tools, (keys) => {
      const lost = keys.find(({ accessKeyId }) => !secrets.has(accessKeyId));
      if (lost) return { change: lost.active ? "deactivate" : "delete", accessKeyId: lost.accessKeyId };
      return keys.length < 2 ? { change: "make" } : undefined;
    });
  const switchOff: Operation = (world, { first }, secrets) => {
    const [accessKeyId = ""] = secrets.keys();
    return rotate(world, first, secrets, tools, (keys) =>
      keys.some((key) => key.accessKeyId === accessKeyId && key.active)
        ? { change: "deactivate", accessKeyId }
        : undefined,
    );
  };
  const drop: Operation = (world, { first }, secrets) => {
    const [accessKeyId = ""] = secrets.keys();
    return rotate(world, first, secrets, tools, (keys) =>
      keys.some((key) => key.accessKeyId === accessKeyId) ? { change: "delete", accessKeyId } : undefined,
    );
  };
  const needs = "access-key";
  return [
    { name: "rotate: make a second key", needs, before: apply, run: make, undo },
    { name: "rotate: switch off the first key", needs, before: inTurn(apply, make), run: switchOff, undo },
    { name: "rotate: delete the first key", needs, before: inTurn(apply, make, switchOff), run: drop, undo },
  ];
}

function inTurn(...operations: readonly Operation[]): Operation {
  return async (world, fault, secrets) => {
    for (const operation of operations) await operation(world, fault, secrets);
  };
}

/** Changes the keys until nothing is left to change. */
async function rotate(
  world: ProgramWorld,
  integration: Integration,
  secrets: Secrets,
  { newSession, carryOut }: Tools,
  next: (keys: readonly UserAccessKey[]) => KeyChange | undefined,
): Promise<void> {
  const session: AccountSession = await newSession(world);
  for (;;) {
    const keys = await session.accessKeys(integration);
    // As the commands do: an old answer of AWS can be from before there was any.
    if (keys.length === 0) throw new Error("There is no access key.");
    const change = next(keys);
    if (change || (await session.unfinishedRun(integration.manifest.id))) {
      await carryOut(session, async () => session.planRotation(integration, await session.read(integration), change), {
        keepsSecrets: true,
        onSecret: async ({ accessKeyId, secretAccessKey }) => void secrets.set(accessKeyId, secretAccessKey),
      });
    }
    if (!change) return;
  }
}
