import { DeleteRolePolicyCommand, GetRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { absent, gone, unless } from "../aws";
import { untilKnown } from "../consistency";
import type { InlinePolicyContent } from "../contents";
import { decodeDocument, documentDifferences, encodeDocument } from "../documents";
import { newRole, type Resource } from "./resource";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html */
export const inlinePolicy: Resource<InlinePolicyContent> = {
  async read(aws, { name, content: { roleName } }) {
    const found = await unless(
      absent,
      aws.call("iam:GetRolePolicy", (http) =>
        aws.iam.send(new GetRolePolicyCommand({ RoleName: roleName, PolicyName: name }), http),
      ),
    );
    return found && { ours: undefined, content: { roleName, document: decodeDocument(found.PolicyDocument) } };
  },

  diff(desired, live) {
    return documentDifferences("policy", desired.document, live.document);
  },

  async write(aws, { name: PolicyName, after: { roleName: RoleName, document } }) {
    const command = new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: encodeDocument(document) });
    await untilKnown(aws, newRole(aws, RoleName), () =>
      aws.call("iam:PutRolePolicy", (http) => aws.iam.send(command, http)),
    );
    return undefined;
  },

  async remove(aws, { name: PolicyName, before: { roleName: RoleName } }) {
    await gone(aws, "iam:DeleteRolePolicy", (http) =>
      aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }), http),
    );
  },
};
