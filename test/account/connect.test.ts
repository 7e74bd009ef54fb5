import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { account } from "../../src/account";
import type { ConnectOptions } from "../../src/account/account";
import { createAccountRoom } from "../../src/account/accountRoom";
import { isUserError, type UserErrorCode } from "../../src/policy/userError";
import { useAwsEnvironment } from "../sandbox/aws-profiles.mjs";
import { integrationOf } from "./integrations";
import { connectTo, fakeClock, theJournal, theWorld } from "./world";

/** AWS shared files of one test. `ENDPOINT` in them is the proxy's address. */
interface SharedFiles {
  readonly config?: string;
  readonly credentials?: string;
  readonly variables?: { readonly [name: string]: string };
}

const keys = "aws_access_key_id = AKIATEST000000000001\naws_secret_access_key = not/a/secret/of/anybody\n";

async function withFiles<Result>(files: SharedFiles, test: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "va-connect-"));
  const write = (name: string, text = "") =>
    writeFileSync(
      path.join(folder, name),
      text.replaceAll("ENDPOINT", theWorld().proxy.endpoint).replaceAll("FOLDER", folder),
    );
  write("config", files.config);
  write("credentials", files.credentials);
  const restore = useAwsEnvironment({
    AWS_CONFIG_FILE: path.join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    ...Object.fromEntries(
      Object.entries(files.variables ?? {}).map(([name, value]) => [
        name,
        value.replaceAll("ENDPOINT", theWorld().proxy.endpoint),
      ]),
    ),
  });
  try {
    return await test(folder);
  } finally {
    restore();
    rmSync(folder, { recursive: true, force: true });
  }
}

function connect(options: ConnectOptions = {}) {
  return createAccountRoom(fakeClock(), theJournal()).connect(options);
}

function fails(code: UserErrorCode, message: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(isUserError(error), String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  };
}

describe("the profiles", () => {
  it("are those of both files, with their regions and where their credentials come from", async () => {
    const config = `
[default]
region = eu-west-1
[profile analyst]
role_arn = arn:aws:iam::210987654321:role/analyst
source_profile = default
region = us-west-2
[profile careful]
role_arn = arn:aws:iam::210987654321:role/analyst
source_profile = default
mfa_serial = arn:aws:iam::210987654321:mfa/me
[profile company]
sso_session = company
sso_account_id = 210987654321
sso_role_name = DataEngineer
[profile tool]
credential_process = /usr/bin/true
[profile empty.one]
output = json
[sso-session company]
sso_start_url = https://company.awsapps.com/start
sso_region = us-east-1
[services local]
s3 =
  endpoint_url = http://127.0.0.1:1
`;
    await withFiles({ config, credentials: `[default]\n${keys}[old]\n${keys}` }, async () => {
      assert.deepEqual(await account.listProfiles(), [
        { name: "analyst", region: "us-west-2", source: "assumes a role", account: "210987654321" },
        { name: "careful", region: undefined, source: "assumes a role, with MFA", account: "210987654321" },
        { name: "company", region: undefined, source: "SSO", account: "210987654321" },
        { name: "default", region: "eu-west-1", source: "access key" },
        { name: "empty.one", region: undefined, source: "no credentials" },
        { name: "old", region: undefined, source: "access key" },
        { name: "tool", region: undefined, source: "process" },
      ]);
    });
  });

  it("begin with the environment when its variables are set", async () => {
    const variables = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "s", AWS_REGION: "ap-south-1" };
    await withFiles({ credentials: `[old]\n${keys}`, variables }, async () => {
      assert.deepEqual(
        (await account.listProfiles()).map(({ name, region }) => ({ name, region })),
        [
          { name: "environment", region: "ap-south-1" },
          { name: "old", region: undefined },
        ],
      );
    });
  });

  it("are read anew each time", async () => {
    await withFiles({ credentials: `[one]\n${keys}` }, async (folder) => {
      assert.deepEqual(
        (await account.listProfiles()).map(({ name }) => name),
        ["one"],
      );
      writeFileSync(path.join(folder, "credentials"), `[two]\n${keys}`);
      assert.deepEqual(
        (await account.listProfiles()).map(({ name }) => name),
        ["two"],
      );
    });
  });

  it("are none without files", async () => {
    const variables = {
      AWS_CONFIG_FILE: "/nonexistent/config",
      AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
    };
    await withFiles({ variables }, async () => assert.deepEqual(await account.listProfiles(), []));
  });
});

describe("connecting", () => {
  it("says who one is", async () => {
    const { identity } = await connectTo("sandbox");
    assert.deepEqual(identity, {
      account: "210987654321",
      arn: identity.arn,
      partition: "aws",
      region: "us-east-1",
      profile: "sandbox",
    });
    assert.match(identity.arn, /^arn:aws:sts::210987654321:/);
  });

  it("takes the region of the option, the profile, the environment, else us-east-1", async () => {
    const config = "[default]\nendpoint_url = ENDPOINT\n[profile there]\nregion = eu-west-1\nendpoint_url = ENDPOINT\n";
    const files = { config, credentials: `[default]\n${keys}[there]\n${keys}` };
    const region = async (options: ConnectOptions) => (await connect(options)).identity.region;
    await withFiles({ ...files, variables: { AWS_REGION: "ap-south-1" } }, async () => {
      assert.equal(await region({ profile: "there", region: "eu-north-1" }), "eu-north-1");
      assert.equal(await region({ profile: "there" }), "eu-west-1");
      assert.equal(await region({ profile: "default" }), "ap-south-1");
    });
    await withFiles(files, async () => assert.equal(await region({ profile: "default" }), "us-east-1"));
  });

  it("takes the environment's credentials, AWS_PROFILE or the default profile when none is named, as the AWS CLI does", async () => {
    const config = "[default]\nendpoint_url = ENDPOINT\n[profile other]\nendpoint_url = ENDPOINT\n";
    const files = { config, credentials: `[default]\n${keys}[other]\n${keys}` };
    const variables = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "s", AWS_ENDPOINT_URL: "ENDPOINT" };
    const profile = async () => (await connect()).identity.profile;
    await withFiles(files, async () => assert.equal(await profile(), "default"));
    await withFiles({ ...files, variables }, async () => assert.equal(await profile(), "environment"));
    const both = { ...variables, AWS_PROFILE: "other" };
    await withFiles({ ...files, variables: both }, async () => {
      // As `aws` in the same terminal: the SDK would take the profile, and so perhaps another account.
      assert.equal(await profile(), "environment");
      assert.equal((await connect({ profile: "other" })).identity.profile, "other");
    });
    await withFiles({ ...files, variables: { AWS_PROFILE: "other" } }, async () =>
      assert.equal(await profile(), "other"),
    );
  });

  it("asks the endpoint of its own profile, not of the default one", async () => {
    const config = "[default]\nendpoint_url = http://127.0.0.1:1\n[profile mine]\nendpoint_url = ENDPOINT\n";
    await withFiles({ config, credentials: `[mine]\n${keys}` }, async () => {
      const session = await connect({ profile: "mine" });
      await session.read(integrationOf("dataloop"));
      const services = new Set(theWorld().proxy.calls.map(({ service }) => service));
      assert.deepEqual([...services].sort(), ["iam", "s3", "sts"]);
    });
  });

  it("takes a service's endpoint from the profile's services section", async () => {
    const config = `[profile mine]\nservices = local\nendpoint_url = http://127.0.0.1:1\n[services local]\nsts =\n  endpoint_url = ENDPOINT\n`;
    await withFiles({ config, credentials: `[mine]\n${keys}` }, async () => {
      const session = await connect({ profile: "mine" });
      await assert.rejects(session.listBuckets(), fails("network", /http:\/\/127\.0\.0\.1:1|127\.0\.0\.1:1/));
    });
  });

  it("assumes the role of a profile, at the profile's endpoint", async () => {
    const config =
      "[profile base]\nendpoint_url = http://127.0.0.1:1\n[profile role]\nrole_arn = arn:aws:iam::210987654321:role/analyst\nsource_profile = base\nrole_session_name = me\nendpoint_url = http://127.0.0.1:1\nservices = local\n[services local]\nsts =\n  endpoint_url = ENDPOINT\n";
    await withFiles({ config, credentials: `[base]\n${keys}` }, async () => {
      const { identity } = await connect({ profile: "role" });
      assert.equal(identity.arn, "arn:aws:sts::210987654321:assumed-role/analyst/me");
    });
  });

  it("asks for one MFA code for all calls of a session", async () => {
    const config =
      "[profile role]\nrole_arn = arn:aws:iam::210987654321:role/analyst\nsource_profile = base\nmfa_serial = arn:aws:iam::210987654321:mfa/me\nendpoint_url = ENDPOINT\n";
    await withFiles({ config, credentials: `[base]\n${keys}` }, async () => {
      const asked: string[] = [];
      const mfaCode = async (serial: string) => {
        asked.push(serial);
        return "123456";
      };
      const session = await connect({ profile: "role", mfaCode });
      await session.read(integrationOf("dataloop"));
      assert.deepEqual(asked, ["arn:aws:iam::210987654321:mfa/me"]);
      await assert.rejects(
        connect({ profile: "role" }),
        fails("credentials-missing", /needs a code of your MFA device/),
      );
    });
  });

  const withMfa =
    "[profile role]\nrole_arn = arn:aws:iam::210987654321:role/analyst\nsource_profile = base\nmfa_serial = arn:aws:iam::210987654321:mfa/me\nendpoint_url = ENDPOINT\n";

  it("asks again for a code that AWS does not accept, and says so", async () => {
    await withFiles({ config: withMfa, credentials: `[base]\n${keys}` }, async () => {
      theWorld().proxy.fail("AssumeRole", "wrongMfaCode", { times: 2 });
      const problems: (string | undefined)[] = [];
      await connect({ profile: "role", mfaCode: async (_, problem) => `12345${problems.push(problem)}` });
      assert.deepEqual(
        problems.map((problem) => /did not accept that code/.test(problem ?? "")),
        [false, true, true],
      );
    });
  });

  it("gives up after three codes", async () => {
    await withFiles({ config: withMfa, credentials: `[base]\n${keys}` }, async () => {
      theWorld().proxy.fail("AssumeRole", "wrongMfaCode");
      let asked = 0;
      const mfaCode = async () => String(100_000 + asked++);
      await assert.rejects(
        connect({ profile: "role", mfaCode }),
        fails("credentials-missing", /did not accept 3 codes of the MFA device/),
      );
      assert.equal(asked, 3);
    });
  });

  for (const [partition, region] of [
    ["aws-cn", "cn-north-1"],
    ["aws-us-gov", "us-gov-west-1"],
  ] as const)
    it(`finds the first region of the partition of a role where none is named: ${partition}`, async () => {
      const config = `[profile role]\nrole_arn = arn:${partition}:iam::210987654321:role/analyst\nsource_profile = base\nendpoint_url = ENDPOINT\n`;
      await withFiles({ config, credentials: `[base]\n${keys}` }, async () => {
        const { identity } = await connect({ profile: "role" });
        assert.deepEqual([identity.region, identity.partition], [region, partition]);
      });
    });

  it("runs a credential_process", async () => {
    const config = "[profile tool]\ncredential_process = FOLDER/credentials.sh\nendpoint_url = ENDPOINT\n";
    await withFiles({ config }, async (folder) => {
      const answer = { Version: 1, AccessKeyId: "AKIAPROCESS000000000", SecretAccessKey: "s" };
      const program = path.join(folder, "credentials.sh");
      writeFileSync(program, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
      chmodSync(program, 0o700);
      assert.equal((await connect({ profile: "tool" })).identity.account, "210987654321");
    });
  });
});

describe("connecting that can't work", () => {
  it("an unknown profile: the known ones are listed", async () => {
    await assert.rejects(
      connectTo("sandboxx"),
      fails("profile-unknown", /AWS profile sandboxx is not in .*Choose one of: default, expired, sandbox\./),
    );
  });

  it("an unknown profile in AWS_PROFILE: the variable is named", async () => {
    await withFiles({ credentials: `[old]\n${keys}`, variables: { AWS_PROFILE: "gone" } }, () =>
      assert.rejects(connect(), fails("profile-unknown", /gone, which AWS_PROFILE names, is not in .*: old\./)),
    );
  });

  it("no profile at all: how to make one is told", async () => {
    await withFiles({}, async () => {
      await assert.rejects(connect(), fails("credentials-missing", /No AWS credentials were found.*aws configure/));
      await assert.rejects(
        connect({ profile: "any" }),
        fails("profile-unknown", /There are no profiles there: run `aws configure/),
      );
      await assert.rejects(connect({ profile: "environment" }), fails("credentials-missing", /AWS_ACCESS_KEY_ID/));
    });
  });

  it("a profile without credentials", async () => {
    await withFiles({ config: "[profile empty]\nregion = us-east-1\n" }, () =>
      assert.rejects(
        connect({ profile: "empty" }),
        fails("credentials-missing", /The profile empty has no usable credentials/),
      ),
    );
  });

  it("an SSO session that has expired: the command that renews it", async () => {
    await assert.rejects(
      connectTo("expired"),
      fails("credentials-expired", /Run `aws sso login --profile expired`, then try again/),
    );
  });

  it("a role whose source signs in through SSO: the command names the source", async () => {
    const config = `[profile role]\nrole_arn = arn:aws:iam::210987654321:role/a\nsource_profile = company\n[profile company]\nsso_start_url = https://company.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 210987654321\nsso_role_name = D\n`;
    await withFiles({ config }, () =>
      assert.rejects(connect({ profile: "role" }), fails("credentials-expired", /`aws sso login --profile company`/)),
    );
  });

  it("temporary credentials that have expired", async () => {
    theWorld().proxy.fail("GetCallerIdentity", "expiredToken");
    await assert.rejects(
      connectTo("sandbox"),
      fails("credentials-expired", /credentials of the profile sandbox have expired/),
    );
  });

  it("credentials that expire in the middle of a session", async () => {
    const session = await connectTo("sandbox");
    theWorld().proxy.fail("GetRole", "expiredToken");
    await assert.rejects(
      session.read(integrationOf("jfrog-ml")),
      fails("credentials-expired", /credentials of the profile sandbox have expired/),
    );
  });

  it("a role that may not be assumed", async () => {
    const config =
      "[profile role]\nrole_arn = arn:aws:iam::210987654321:role/a\nsource_profile = base\nendpoint_url = ENDPOINT\n";
    theWorld().proxy.fail("AssumeRole", "accessDenied");
    await withFiles({ config, credentials: `[base]\n${keys}` }, () =>
      assert.rejects(
        connect({ profile: "role" }),
        fails("access-denied", /The profile role may not call sts:AssumeRole/),
      ),
    );
  });

  it("a credential_process that fails: its output is not told", async () => {
    await withFiles({ config: "[profile tool]\ncredential_process = echo top-secret-output && false\n" }, () =>
      assert.rejects(connect({ profile: "tool" }), (error) => {
        assert.doesNotMatch(String(error), /top-secret/);
        return fails("credentials-missing", /credential_process of the profile tool failed/)(error);
      }),
    );
  });

  it("no network: the endpoint is named", async () => {
    const config = "[profile far]\nendpoint_url = http://127.0.0.1:1\n";
    await withFiles({ config, credentials: `[far]\n${keys}` }, () =>
      assert.rejects(
        connect({ profile: "far" }),
        fails("network", /127\.0\.0\.1:1 could not be reached \(ECONNREFUSED\)/),
      ),
    );
  });

  it("a host that does not exist: the host is named", async () => {
    const config = "[profile far]\nendpoint_url = http://sts.invalid\n";
    await withFiles({ config, credentials: `[far]\n${keys}` }, () =>
      assert.rejects(connect({ profile: "far" }), fails("network", /sts\.invalid could not be reached/)),
    );
  });

  it("cancelled", async () => {
    await assert.rejects(connect({ profile: "sandbox", signal: AbortSignal.abort() }), fails("cancelled", /Cancelled/));
  });
});
