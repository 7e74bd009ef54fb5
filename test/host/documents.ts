/** Documents as people have them. */
export function permissions(bucket: string): string {
  const statement = {
    Effect: "Allow",
    Action: ["s3:ListBucket", "s3:GetBucketLocation", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  };
  return `${JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, undefined, 2)}\n`;
}

export const retiredPrincipal = "arn:aws:iam::574987031486:role/activeloop_backend";
export const currentPrincipal = "arn:aws:iam::597713067985:role/activeloop_backend";

export function trust(...principals: readonly string[]): string {
  const statement = {
    Sid: "AllowAssumeRoleFromActiveloopSaaS",
    Effect: "Allow",
    Principal: { AWS: principals.length === 1 ? principals[0] : principals },
    Action: "sts:AssumeRole",
  };
  return `${JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, undefined, 2)}\n`;
}

export function manifest(bucket: string, change: Readonly<Record<string, unknown>> = {}): string {
  const values = {
    id: "5f1c2a34-7b6d-4e8f-9a0b-1c2d3e4f5a6b",
    vendor: "activeloop-deep-lake",
    accessLevel: "read-write",
    region: "us-east-1",
    parameters: { buckets: [bucket] },
    role: { name: `VendorAccess-activeloop-deep-lake-${bucket}`, maxSessionDuration: 3600, tags: {} },
    documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
    ...change,
  };
  return `${JSON.stringify(values, undefined, 2)}\n`;
}
