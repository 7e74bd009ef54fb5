/**
 * What AWS asks the caller to be allowed for a request: the permission by its name in a policy, and the ARN that it is asked
 * on. That is another name than the operation's now and then, and setting tags while making something is asked by itself.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 *
 * @param {{ url: string }} request
 * @param {Buffer} body
 * @param {{ service: string, action: string }} asked
 * @param {string} account
 * @returns {{ action: string, resource: string }[]}
 */
export function awsPermissions({ url }, body, { service, action }, account) {
  if (service === "s3") return [s3Permission(new URL(url, "http://host").pathname, action)];
  if (service === "kms")
    return [{ action: `kms:${action}`, resource: String(JSON.parse(body.toString("utf8")).KeyId) }];
  const form = new URLSearchParams(body.toString("utf8"));
  const resource = iamResource(form, account);
  const needed = { action: `${service}:${action}`, resource };
  const tagging = /^Create(Role|User|Policy)$/.exec(action);
  return tagging && form.has("Tags.member.1.Key") ? [needed, { action: `iam:Tag${tagging[1]}`, resource }] : [needed];
}

const s3Names = {
  HeadBucket: "ListBucket",
  ListObjectsV2: "ListBucket",
  ListObjectVersions: "ListBucketVersions",
  ListBuckets: "ListAllMyBuckets",
  GetBucketEncryption: "GetEncryptionConfiguration",
  GetBucketCors: "GetBucketCORS",
  PutBucketCors: "PutBucketCORS",
  DeleteBucketCors: "PutBucketCORS",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
};

function s3Permission(pathname, action) {
  const [, bucket = "", ...key] = pathname.split("/");
  const object = key.join("/");
  return {
    action: `s3:${s3Names[action] ?? action}`,
    resource: `arn:aws:s3:::${object ? `${bucket}/${object}` : bucket}`,
  };
}

function iamResource(form, account) {
  const policy = form.get("PolicyArn");
  const role = form.get("RoleName");
  const user = form.get("UserName");
  const newPolicy = form.get("PolicyName");
  if (role) return `arn:aws:iam::${account}:role/${role}`;
  if (user) return `arn:aws:iam::${account}:user/${user}`;
  if (policy) return policy;
  return newPolicy ? `arn:aws:iam::${account}:policy/${newPolicy}` : "*";
}
