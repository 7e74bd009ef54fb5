import type { RequestPrincipal } from "../../../../../src/policy/evaluate/evaluation";
import type { Policy } from "./rule";

export const own = "111122223333";
export const other = "444455556666";
export const bucket = "arn:aws:s3:::example-bucket";
export const object = `${bucket}/report.txt`;

export const alice: RequestPrincipal = { kind: "user", arn: `arn:aws:iam::${own}:user/alice`, id: "AIDAALICE" };
export const bob: RequestPrincipal = { kind: "user", arn: `arn:aws:iam::${own}:user/bob`, id: "AIDABOB" };
export const developerRole = `arn:aws:iam::${own}:role/developer`;
export const developerSession = `arn:aws:sts::${own}:assumed-role/developer/monday`;
export const developer: RequestPrincipal = {
  kind: "session",
  arn: developerSession,
  role: developerRole,
  id: "AROADEVELOPER",
};
export const vendorRole = `arn:aws:iam::${other}:role/service/vendor`;
export const vendorSession = `arn:aws:sts::${other}:assumed-role/vendor/import`;
export const vendor: RequestPrincipal = { kind: "session", arn: vendorSession, role: vendorRole, id: "AROAVENDOR" };
export const carol: RequestPrincipal = { kind: "user", arn: `arn:aws:iam::${other}:user/carol`, id: "AIDACAROL" };
export const rootUser: RequestPrincipal = { kind: "account", account: own };
export const anonymous: RequestPrincipal = { kind: "anonymous" };
export const service = (name: string): RequestPrincipal => ({ kind: "service", service: `${name}.amazonaws.com` });

/** What AWS attaches to every level of an organisation at first. */
export const allowAll: Policy = [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }];
export const allowAllResources: Policy = [
  { Sid: "AllResources", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
];
