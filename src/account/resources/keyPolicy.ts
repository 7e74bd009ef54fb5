import { GetKeyPolicyCommand, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { parseArn } from "../../policy/arn";
import type { JsonValue } from "../../policy/json";
import type { Aws } from "../aws";
import { untilKnown } from "../consistency";
import type { SharedPolicyContent } from "../contents";
import { encodeDocument } from "../documents";
import { unchangedPolicy } from "../policyStatements";
import type { Resource } from "./resource";
import { liveStatements, refuseChanged, restoreStatements, statementDifferences } from "./sharedPolicy";

/**
 * Statements of ours in the policy of a KMS key, which is read and written as a whole. AWS's own check that somebody can
 * still manage the key stays on. The name is the key's ARN.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
export const keyPolicy: Resource<SharedPolicyContent> = {
  async read(aws, { name, content }) {
    return liveStatements(await getKeyPolicy(aws, name), content);
  },

  diff(desired, live) {
    return statementDifferences("key policy", desired, live);
  },

  async write(aws, { name: KeyId, before, after }) {
    if (!aws.justRead()) {
      const now = await getKeyPolicy(aws, KeyId);
      if (unchangedPolicy(after.document, now)) return undefined; // an earlier attempt has done it
      refuseChanged(`the KMS key ${KeyId}`, before, now);
    }
    const Policy = encodeDocument(after.document);
    const named = [...aws.created.keys()].filter((arn) => Policy.includes(`"${arn}"`));
    await untilKnown(aws, named, () =>
      aws.call("kms:PutKeyPolicy", (http) =>
        aws.kms(regionOf(aws, KeyId)).send(new PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy }), http),
      ),
    );
    return undefined;
  },

  restore: restoreStatements,

  remove() {
    return Promise.reject(new Error("A key is never without a policy."));
  },
};

/** The whole policy. Only the key's own account can ask. */
export async function getKeyPolicy(aws: Aws, KeyId: string): Promise<JsonValue> {
  const { Policy = "null" } = await aws.call("kms:GetKeyPolicy", (http) =>
    aws.kms(regionOf(aws, KeyId)).send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }), http),
  );
  return JSON.parse(Policy) as JsonValue; // AWS answers JSON
}

function regionOf({ identity }: Aws, keyArn: string): string {
  return parseArn(keyArn)?.region || identity.region;
}
