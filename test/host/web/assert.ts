/** What the tests use of `node:assert/strict`, for a host without Node. */
function ok(value: unknown, message = "is falsy"): asserts value {
  if (!value) fail(message);
}

function fail(message = "failed"): never {
  throw new Error(message);
}

function equal(actual: unknown, expected: unknown, message = ""): void {
  ok(Object.is(actual, expected), `${message}\n${shown(actual)} is not\n${shown(expected)}`);
}

function deepEqual(actual: unknown, expected: unknown, message = ""): void {
  ok(isSame(actual, expected), `${message}\n${shown(actual)} is not\n${shown(expected)}`);
}

function match(text: string, pattern: RegExp, message = ""): void {
  ok(pattern.test(text), `${message}\n${shown(text)} does not match ${pattern}`);
}

async function rejects(promise: Promise<unknown>, isExpected: (error: unknown) => boolean): Promise<void> {
  const error = await promise.then(
    () => fail("was not rejected"),
    (reason: unknown) => reason,
  );
  ok(isExpected(error), `was rejected with ${error}`);
}

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [ones, others] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return (
    ones.size === others.size && [...ones].every(([key, value]) => others.has(key) && isSame(value, others.get(key)))
  );
}

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

// biome-ignore lint/style/noDefaultExport: as Node's module, whose default export the tests use
export default { ok, fail, equal, deepEqual, match, rejects };
