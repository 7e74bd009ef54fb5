/**
 * A failing `assert.ok(value)` without a message makes Node 20 look for its source text, which does not end where the
 * source was transpiled. With a message it need not look.
 */
const assert = require("node:assert/strict");

const { ok } = assert;
assert.ok = (value, message = "The expression evaluated to a falsy value") => ok(value, message);
