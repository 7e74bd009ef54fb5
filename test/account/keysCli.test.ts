import assert from "node:assert/strict";
import { CreateAccessKeyCommand, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, GetKeyPolicyCommand, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { CreateBucketCommand, PutBucketEncryptionCommand } from "@aws-sdk/client-s3";
import { createAccountRoom } from "../../src/account/accountRoom";
import type { KeyPolicyAdvice } from "../../src/integration/keyPolicyAdvice";
import { UserError } from "../../src/policy/userError";
import { makeFolder, type Outcome, readFiles, removeFolder, runIn } from "../unit/cli/testContext";
import { fakeClock, theJournal, theWorld } from "./world";

const account = "210987654321";

describe("The command line, with access keys and KMS keys", () => {
  let folder: string;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => removeFolder(folder));

  const cli = (words: string, changes: Parameters<typeof runIn>[2] = {}): Promise<Outcome> =>
    runIn(folder, [...words.split(" "), "--profile", "sandbox"], {
      loadAccount: async () => createAccountRoom(fakeClock(), theJournal()),
      ...changes,
    });
  const done = async (code: number, words: string, changes: Parameters<typeof runIn>[2] = {}): Promise<Outcome> => {
    const outcome = await cli(words, changes);
    assert.equal(outcome.code, code, `${words}: ${outcome.messages}`);
    return outcome;
  };
  const json = async (code: number, words: string, changes?: Parameters<typeof runIn>[2]) =>
    JSON.parse((await done(code, `${words} --json`, changes)).output);

  describe("rotate", () => {
    const keys = async (): Promise<readonly string[]> => {
      const { AccessKeyMetadata = [] } = await theWorld().iam.send(new ListAccessKeysCommand({ UserName: "loop" }));
      return AccessKeyMetadata.map(({ AccessKeyId, Status }) => `${AccessKeyId} ${Status}`);
    };
    const applied = async (): Promise<string> => {
      await theWorld().s3.send(new CreateBucketCommand({ Bucket: "items" }));
      await done(0, "new dataloop --name it --set bucket=items --set userName=loop");
      const { handBack } = await json(0, "apply vendor-access/it --yes");
      return handBack.find(({ name }: { readonly name: string }) => name === "accessKeyId").value;
    };

    it("goes from key to key at a terminal, and the secret is only on standard output", async () => {
      const first = await applied();
      const answers = ["y", "second", "y", "y"];
      const ask = async (question: string): Promise<string> => {
        const answer = answers.shift() ?? assert.fail(question);
        if (answer !== "second") return answer;
        const ids = (await keys()).map((line) => line.split(" ")[0] ?? "");
        return (ids.find((id) => id !== first) ?? "").slice(-8);
      };
      const { output, messages } = await done(0, "rotate vendor-access/it", { interactive: true, ask });
      const [left, ...others] = await keys();
      assert.deepEqual([others, answers], [[], []]);
      assert.ok(left?.endsWith(" Active") && !left.startsWith(first), `${left} is the new one`);
      const secret = /secret access key\): (\S+)/.exec(output)?.[1] ?? assert.fail(output);
      assert.ok(output.includes(`${left?.split(" ")[0]}\n`), "the id of the new key is handed back");
      assert.ok(!messages.includes(secret), "the secret is not among the messages");
    });

    it("does one step at a time without a terminal, and waits for who knows what the vendor has", async () => {
      const first = await applied();
      const made = await json(0, "rotate vendor-access/it --yes");
      assert.equal(made.status, "made");
      const second = made.keys.find(({ accessKeyId }: { accessKeyId: string }) => accessKeyId !== first).accessKeyId;
      assert.equal((await json(1, "rotate vendor-access/it --yes")).status, "waiting");
      assert.equal((await json(2, "rotate vendor-access/it --yes --vendor-has AKIANOBODY")).error.code, "usage");
      assert.equal((await json(0, `rotate vendor-access/it --yes --vendor-has ${second}`)).status, "deactivated");
      assert.deepEqual([...(await keys())].sort(), [`${first} Inactive`, `${second} Active`].sort());
      assert.equal((await json(0, "rotate vendor-access/it --yes --activate")).status, "activated");
      await json(0, `rotate vendor-access/it --yes --vendor-has ${second}`);
      assert.equal((await json(0, "rotate vendor-access/it --yes")).status, "deleted");
      assert.deepEqual(await keys(), [`${second} Active`]);
      assert.equal((await json(0, `rotate vendor-access/it --yes --vendor-has ${second}`)).status, "unchanged");
      assert.equal((await json(0, "verify vendor-access/it")).status, "in-sync");
    });

    it("makes another key for one whose secret was lost, and never touches the one that works", async () => {
      const first = await applied();
      await theWorld().iam.send(new CreateAccessKeyCommand({ UserName: "loop" })); // nobody has its secret
      await json(0, `rotate vendor-access/it --yes --vendor-has ${first}`);
      await json(0, "rotate vendor-access/it --yes");
      assert.deepEqual(await keys(), [`${first} Active`]);
      assert.equal((await json(0, "rotate vendor-access/it --yes")).status, "made");
      assert.ok((await keys()).includes(`${first} Active`), "the first one still works");
    });

    it("leaves the first key alone when the answer with the second one's secret is lost", async () => {
      const first = await applied();
      theWorld().proxy.fail("iam:CreateAccessKey", "resetAfter", { times: 1 });
      const made = await json(0, "rotate vendor-access/it --yes");
      assert.equal(made.status, "made");
      const now = await keys();
      assert.ok(now.includes(`${first} Active`), now.join(", "));
      assert.equal(now.length, 2, "the key whose secret was lost is gone");
    });

    it("answers a program also when AWS refuses the step", async () => {
      await applied();
      theWorld().proxy.fail("CreateAccessKey", "accessDenied");
      const { error } = await json(2, "rotate vendor-access/it --yes");
      assert.deepEqual([error.code, error.awsErrorName], ["access-denied", "AccessDenied"]);
    });

    it("hands over the new secret also when the keys can't be read any more", async () => {
      await applied();
      let looks = 0;
      const room = createAccountRoom(fakeClock(), theJournal());
      const loadAccount = async (): Promise<typeof room> => ({
        ...room,
        connect: async (options) => {
          const session = await room.connect(options);
          return {
            ...session,
            accessKeys: (integration, signal) => {
              looks += 1;
              if (looks > 1) throw new UserError("cancelled", "Cancelled.");
              return session.accessKeys(integration, signal);
            },
          };
        },
      });
      const { status, handBack } = await json(2, "rotate vendor-access/it --yes", { loadAccount });
      assert.equal(status, "made");
      const values = new Map(handBack.map(({ name, value }: { name: string; value: string }) => [name, value]));
      assert.match(String(values.get("secretAccessKey")), /^\S{40}$/);
      assert.ok((await keys()).includes(`${values.get("accessKeyId")} Active`), "the id of the new key");
    });

    it("is not for a vendor with credentials of its own", async () => {
      await done(0, "new jfrog-ml --name it --set bucket=items");
      assert.match((await done(2, "rotate vendor-access/it --yes")).messages, /no access key/);
    });

    it("tries the key that verify is given, and says what failed", async () => {
      await applied();
      const { handBack } = await json(0, "rotate vendor-access/it --yes");
      const value = (wanted: string) => handBack.find(({ name }: { readonly name: string }) => name === wanted).value;
      const input = `${value("accessKeyId")}\n${value("secretAccessKey")}\n`;
      const { objects } = await json(0, "verify vendor-access/it --test-objects", { input });
      assert.deepEqual([objects.tested.length, objects.left], [5, []]);
      theWorld().proxy.fail("s3:PutObject", "accessDenied");
      const refused = await done(1, "verify vendor-access/it --test-objects", { input });
      assert.match(refused.output, /✗ tried {3} s3:PutObject on items\/vendor-access-test\//);
      assert.ok(!`${refused.output}${refused.messages}`.includes(value("secretAccessKey")), "no secret is told");
      assert.match((await done(2, "verify vendor-access/it --test-objects")).messages, /standard input/);
    });
  });

  describe("the policy of the KMS key", () => {
    const onlyAdmin = {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Admin",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:user/admin` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    };
    const keyOf = async (policy?: object): Promise<string> => {
      const { kms, s3 } = theWorld();
      await s3.send(new CreateBucketCommand({ Bucket: "images" }));
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
      const { Arn = "", KeyId } = KeyMetadata ?? {};
      if (policy)
        await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy: JSON.stringify(policy) }));
      return Arn;
    };
    const started = (keyArn: string) =>
      done(0, `new activeloop-deep-lake --name it --set bucket=images --set kmsKeyArn=${keyArn}`);

    it("is offered a statement, and changed only for who wants it, in a step of its own", async () => {
      const keyArn = await keyOf(onlyAdmin);
      await started(keyArn);
      const { keyPolicies, steps } = await json(1, "plan vendor-access/it");
      assert.equal(keyPolicies.length, 1);
      assert.equal(keyPolicies[0].own, true);
      assert.ok(
        !steps.some(({ kind }: { readonly kind: string }) => kind === "key-policy"),
        "nothing is done silently",
      );
      await json(0, "apply vendor-access/it --yes");
      assert.equal((await json(1, "verify vendor-access/it")).status, "lacking");

      const applied = await json(0, "apply vendor-access/it --yes --key-policy");
      assert.deepEqual(
        applied.steps.map(({ kind }: { readonly kind: string }) => kind),
        ["key-policy"],
      );
      assert.equal((await json(0, "verify vendor-access/it")).status, "in-sync");
      const files = readFiles(`${folder}/vendor-access/it`);
      assert.match(files["integration.json"] ?? "", /"keyPolicy": "key-policy.json"/);
      assert.deepEqual((await json(0, "plan vendor-access/it")).keyPolicies, []);

      await json(0, "remove vendor-access/it --yes");
      const { Policy = "" } = await theWorld().kms.send(
        new GetKeyPolicyCommand({ KeyId: keyArn, PolicyName: "default" }),
      );
      assert.deepEqual(JSON.parse(Policy).Statement, onlyAdmin.Statement);
    });

    it("of another account is for its owner: the statement is handed over", async () => {
      await theWorld().s3.send(new CreateBucketCommand({ Bucket: "images" }));
      await started("arn:aws:kms:us-east-1:345678901234:key/1234abcd-12ab-34cd-56ef-1234567890ab");
      const { messages } = await done(1, "plan vendor-access/it");
      assert.match(messages, /belongs to the account 345678901234/);
      assert.match(messages, /"Principal": \{\s+"AWS": "arn:aws:iam::210987654321:role\//);
      assert.deepEqual((await json(0, "apply vendor-access/it --yes --key-policy")).status, "applied");
    });

    describe("of a vendor that comes by the bucket's policy, without a role", () => {
      const vendor = "arn:aws:iam::258327614892:role/external_s3";
      const encrypted = async (bucket: string, keyArn: string): Promise<void> => {
        const { s3 } = theWorld();
        await s3.send(new CreateBucketCommand({ Bucket: bucket }));
        const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyArn } as const;
        const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault }] };
        await s3.send(new PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration }));
      };
      const newKey = async (): Promise<string> =>
        (await theWorld().kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? "";
      const policyOf = async (keyArn: string) => {
        const { Policy = "" } = await theWorld().kms.send(
          new GetKeyPolicyCommand({ KeyId: keyArn, PolicyName: "default" }),
        );
        return JSON.parse(Policy);
      };

      it("names the vendor itself, in the policy of the key that the bucket is encrypted with", async () => {
        const keyArn = await newKey();
        await encrypted("images", keyArn);
        await done(0, "new v7-darwin --name it --set bucket=images");
        const { keyPolicies } = await json(1, "plan vendor-access/it");
        assert.equal(keyPolicies.length, 1);
        assert.equal(keyPolicies[0].own, true);
        assert.match(keyPolicies[0].sentence, /does not let V7 Darwin in, which comes from another account/);
        assert.deepEqual(keyPolicies[0].statement, {
          Sid: "AllowVendor",
          Effect: "Allow",
          Principal: { AWS: vendor },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: keyArn,
        });
        await json(0, "apply vendor-access/it --yes");
        assert.equal((await json(1, "verify vendor-access/it")).status, "lacking");

        const before = await policyOf(keyArn);
        const applied = await json(0, "apply vendor-access/it --yes --key-policy");
        assert.deepEqual(
          applied.steps.map(({ kind }: { readonly kind: string }) => kind),
          ["key-policy"],
        );
        assert.equal((await json(0, "verify vendor-access/it")).status, "in-sync");
        const settled = await json(0, "plan vendor-access/it");
        assert.deepEqual([settled.keyPolicies, settled.findings], [[], []]);
        await json(0, "remove vendor-access/it --yes");
        assert.deepEqual((await policyOf(keyArn)).Statement, before.Statement);
      });

      it("is offered for each key of several buckets, and each gets its own statement", async () => {
        const keys = [await newKey(), await newKey()];
        for (const [index, keyArn] of keys.entries()) await encrypted(`images-${index}`, keyArn);
        await done(0, "new v7-darwin --name it --set bucket=images-0 --set bucket=images-1");
        await json(0, "apply vendor-access/it --yes --key-policy");
        assert.equal((await json(0, "verify vendor-access/it")).status, "in-sync");
        for (const keyArn of keys) {
          const own = (await policyOf(keyArn)).Statement.filter(({ Sid }: { readonly Sid: string }) =>
            /VendorAccess/.test(Sid),
          );
          assert.deepEqual(
            own.map(({ Principal, Resource }: { readonly Principal: unknown; readonly Resource: unknown }) => [
              Principal,
              Resource,
            ]),
            [[{ AWS: vendor }, keyArn]],
          );
        }
      });

      it("of another account's key is for its owner, and of the vendor's own key for the vendor", async () => {
        const keyIn = (owner: string) => `arn:aws:kms:us-east-1:${owner}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
        await encrypted("images", keyIn("345678901234"));
        await encrypted("theirs", keyIn("258327614892"));
        await done(0, "new v7-darwin --name it --set bucket=images --set bucket=theirs");
        const { keyPolicies } = await json(1, "plan vendor-access/it");
        assert.deepEqual(
          keyPolicies.map(({ keyArn, own, statement }: KeyPolicyAdvice) => [
            keyArn,
            own,
            statement.Principal,
            statement.Resource,
          ]),
          [[keyIn("345678901234"), false, { AWS: vendor }, "*"]],
        );
      });
    });

    it("that lets the account's IAM policies decide is left alone", async () => {
      await started(await keyOf());
      assert.deepEqual((await json(1, "plan vendor-access/it")).keyPolicies, []);
    });
  });

  it("prints what the person needs, on exact ARNs, without asking AWS", async () => {
    await runIn(folder, ["new", "jfrog-ml", "--name", "it", "--set", "bucket=items"]);
    const loadAccount = async () => createAccountRoom(fakeClock(), theJournal());
    const seen = theWorld().proxy.calls.length;
    const { output, code } = await runIn(folder, ["permissions", "vendor-access/it", "--for", "plan"], { loadAccount });
    assert.equal(code, 0);
    const { Statement } = JSON.parse(output);
    const resources = Statement.flatMap(({ Resource }: { readonly Resource: readonly string[] }) => Resource);
    assert.ok(
      resources.every((arn: string) => arn.startsWith("arn:aws:iam::*:")),
      resources.join(" "),
    );
    assert.equal(theWorld().proxy.calls.length, seen, "nothing was called");
  });
});
