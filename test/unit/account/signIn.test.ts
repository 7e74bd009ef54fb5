import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Clock } from "../../../src/account/clock";
import { untilSignedIn } from "../../../src/account/signIn";
import { UserError } from "../../../src/policy/userError";
import { removeTemporaryFolder, temporaryFolder } from "../../sandbox/processes.mjs";

const variables = [
  "HOME",
  "USERPROFILE",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_LOGIN_CACHE_DIRECTORY",
];

describe("waiting for somebody to sign in", () => {
  const before = variables.map((name) => [name, process.env[name]] as const);
  let home: string;
  beforeEach(() => {
    home = temporaryFolder("va-sign-in-");
    for (const name of variables) delete process.env[name];
    process.env.HOME = home;
    process.env.USERPROFILE = home;
  });
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    removeTemporaryFolder(home);
  });

  function write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
    writeFileSync(path.join(home, file), text);
  }

  /** Each pause lets the next of these happen; after the last one it is cancelled. */
  function clockOf(happenings: readonly (() => void)[]): Clock {
    const left = [...happenings];
    return {
      now: () => 0,
      random: () => 0,
      patience: 1000,
      async sleep() {
        const next = left.shift();
        if (!next) throw new Error("aborted");
        next();
      },
    };
  }

  const expired = new UserError("credentials-expired", "The sign-in has expired.");

  /** How often it was tried, and whether it came to an end. */
  async function wait(happenings: readonly (() => void)[], answers: readonly (Error | undefined)[]) {
    let tried = 0;
    const connect = async (): Promise<void> => {
      const answer = answers[tried++];
      if (answer) throw answer;
    };
    const ended = await untilSignedIn(connect, clockOf(happenings), undefined).then(
      () => "signed in",
      (error: UserError) => error.code,
    );
    return { tried, ended };
  }

  const nothing = (): void => {};
  for (const [what, file] of [
    ["SSO", ".aws/sso/cache/token.json"],
    ["aws login", ".aws/login/cache/token.json"],
    ["new keys", ".aws/credentials"],
    ["another configuration", ".aws/config"],
  ] as const) {
    it(`ends after a sign-in by ${what}, also when there was no such file before`, async () => {
      const happenings = [nothing, () => write(file, "a"), nothing, () => write(file, "longer"), nothing];
      assert.deepEqual(await wait(happenings, [expired]), { tried: 2, ended: "signed in" });
    });
  }

  it("tries nothing as long as nothing was written", async () => {
    write(".aws/credentials", "as it was");
    assert.deepEqual(await wait([nothing, nothing, nothing], []), { tried: 0, ended: "cancelled" });
  });

  it("goes on waiting while the sign-in is under way, and leaves what else is lacking to the next command", async () => {
    const happenings = [1, 2, 3, 4].map((number) => () => write(`.aws/sso/cache/${number}.json`, "{}"));
    const mfa = new UserError("credentials-missing", "A code of an MFA device is needed.");
    assert.deepEqual(await wait(happenings, [expired, expired, mfa]), { tried: 3, ended: "signed in" });
  });
});
