/**
 * Which AWS action an HTTP request asks for.
 *
 * The installed SDK clients speak three protocols: IAM and STS the query protocol (`Action=` in a form), KMS JSON 1.1
 * (`X-Amz-Target`), S3 REST (the method, the path and the query say it).
 *
 * @param {{ method: string, url: string, headers: Record<string, string | string[] | undefined> }} request
 * @param {Buffer} body
 * @returns {{ service: string, action: string, protocol: "query" | "json" | "s3" }}
 */
export function awsAction({ method, url, headers }, body) {
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    const [, action] = target.split(".");
    return { service: signedService(headers) ?? "kms", action, protocol: "json" };
  }
  if (String(headers["content-type"]).startsWith("application/x-www-form-urlencoded")) {
    const action = new URLSearchParams(body.toString("utf8")).get("Action") ?? "Unknown";
    return { service: signedService(headers) ?? "iam", action, protocol: "query" };
  }
  return { service: "s3", action: s3Action(method, new URL(url, "http://host"), headers), protocol: "s3" };
}

/** The service of the signature's scope: `Credential=KEY/20260131/us-east-1/iam/aws4_request`. */
function signedService(headers) {
  return /Credential=[^/]+\/\d+\/[^/]*\/([^/]+)\//.exec(String(headers.authorization))?.[1];
}

/** What a query parameter of S3 names: `?encryption` is BucketEncryption with GET, PUT and DELETE. */
const bucketParts = {
  accelerate: "BucketAccelerateConfiguration",
  acl: "BucketAcl",
  cors: "BucketCors",
  encryption: "BucketEncryption",
  lifecycle: "BucketLifecycleConfiguration",
  location: "BucketLocation",
  logging: "BucketLogging",
  notification: "BucketNotificationConfiguration",
  "object-lock": "ObjectLockConfiguration",
  ownershipControls: "BucketOwnershipControls",
  policy: "BucketPolicy",
  policyStatus: "BucketPolicyStatus",
  publicAccessBlock: "PublicAccessBlock",
  tagging: "BucketTagging",
  versioning: "BucketVersioning",
  website: "BucketWebsite",
};
const objectParts = {
  acl: "ObjectAcl",
  attributes: "ObjectAttributes",
  retention: "ObjectRetention",
  tagging: "ObjectTagging",
};
const verbs = { GET: "Get", PUT: "Put", DELETE: "Delete", HEAD: "Head", POST: "Post" };

function s3Action(method, { pathname, searchParams }, headers) {
  const named = searchParams.get("x-id"); // the SDK adds it where the address alone is ambiguous
  if (named) return named;
  const [, bucket, ...key] = pathname.split("/");
  if (!bucket) return "ListBuckets";
  const isObject = key.join("/") !== "";
  const parts = isObject ? objectParts : bucketParts;
  const part = Object.keys(parts).find((name) => searchParams.has(name));
  if (part) return `${verbs[method]}${parts[part]}`;
  return isObject ? objectAction(method, searchParams, headers) : bucketAction(method, searchParams);
}

function bucketAction(method, query) {
  if (method === "PUT") return "CreateBucket";
  if (method === "POST") return query.has("delete") ? "DeleteObjects" : "Unknown";
  if (method === "GET") {
    if (query.has("uploads")) return "ListMultipartUploads";
    if (query.has("versions")) return "ListObjectVersions";
    return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
  }
  return `${verbs[method]}Bucket`;
}

function objectAction(method, query, headers) {
  if (method === "PUT" && query.has("partNumber")) return "UploadPart";
  if (method === "PUT" && headers["x-amz-copy-source"]) return "CopyObject";
  if (method === "POST") return query.has("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
  if (method === "DELETE" && query.has("uploadId")) return "AbortMultipartUpload";
  return `${verbs[method]}Object`;
}
