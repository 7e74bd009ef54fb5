import { AttachRolePolicyCommand, DetachRolePolicyCommand } from "@aws-sdk/client-iam";
import { gone } from "../aws";
import { untilKnown } from "../consistency";
import type { PolicyAttachmentContent } from "../contents";
import { newRole, type Resource } from "./resource";
import { attachedPolicies } from "./role";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html */
export const policyAttachment: Resource<PolicyAttachmentContent> = {
  async read(aws, { content }) {
    const attached = await attachedPolicies(aws, content.roleName);
    return attached.includes(content.policyArn) ? { ours: undefined, content } : undefined;
  },

  diff() {
    return [];
  },

  async write(aws, { after: { roleName: RoleName, policyArn: PolicyArn } }) {
    await untilKnown(aws, [...newRole(aws, RoleName), PolicyArn], () =>
      aws.call("iam:AttachRolePolicy", (http) =>
        aws.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }), http),
      ),
    );
    return undefined;
  },

  async remove(aws, { before: { roleName: RoleName, policyArn: PolicyArn } }) {
    await gone(aws, "iam:DetachRolePolicy", (http) =>
      aws.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }), http),
    );
  },
};
