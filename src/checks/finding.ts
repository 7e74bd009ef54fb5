import type { JsonText, Range, TextEdit } from "../policy/json";
import type { KnownKind, PolicyDocument } from "../policy/policyDocument";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import type { VendorDefinition } from "../vendors/definition";
import type { DocumentRole, Manifest } from "../vendors/manifest";
import type { ExpectedStatement } from "./expectedTrust";
import type { RegularKind } from "./regularShape";

/** error blocks apply, warning is shown in its confirmation. */
export type Severity = "error" | "warning" | "information" | "hint";

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Needs no choice: part of "Fix all" and of `check --fix`. */
  readonly safe: boolean;
}

/** A fix that needs a value from the person: the editor asks and replaces every place. */
export interface FillRequest {
  /** Decides what is offered: the profile's buckets, its keys … */
  readonly type: "bucket" | "kms-key-arn" | "account-id" | "external-id" | "text";
  readonly placeholder: string;
  /** Only the token itself, not the string around it. */
  readonly places: readonly Range[];
  /** The places are in JSON that is written into a JSON string: what is put there is escaped twice. */
  readonly inString?: boolean;
}

export interface Finding {
  /** Kebab-case and stable; the anchor of its entry in docs/checks.md. */
  readonly check: string;
  readonly severity: Severity;
  /** What is wrong AND what would happen, in one sentence. */
  readonly message: string;
  /** The smallest text that is wrong. */
  readonly range: Range;
  readonly fixes: readonly Fix[];
  readonly fill?: FillRequest;
  /** The reason for which integration.json accepts it. */
  readonly accepted?: string;
}

/** What a look at the account told about one bucket. */
export interface BucketFacts {
  readonly name: string;
  readonly exists: boolean;
  readonly region?: string;
  /** The customer-managed key of the default encryption, as a key ARN. */
  readonly kmsKeyArn?: string;
}

/** All optional: a check that needs what is not there stays silent. */
export interface CheckContext {
  readonly vendors: readonly VendorDefinition[];
  /** The integration that the document belongs to, and what it is there. */
  readonly integration?: {
    readonly manifest: Manifest;
    readonly definition: VendorDefinition;
    readonly documentRole: DocumentRole;
  };
  /** What the document is by its place in a template, or because the person said so. Outside of integrations only. */
  readonly kind?: KnownKind;
  readonly buckets?: readonly BucketFacts[] | undefined;
  /** AWS's services and their actions: loaded when the first document asks for it. */
  readonly reference?: ServiceReference | undefined;
}

/** What a check sees. `vendor` is the integration's, else the one recognised from the document itself. */
export interface CheckedDocument {
  readonly text: string;
  readonly json: JsonText;
  /** Absent for JSON that is not an IAM policy document (CORS rules). */
  readonly policy: PolicyDocument | undefined;
  readonly vendor: VendorDefinition | undefined;
  readonly context: CheckContext;
  /** What nearly every document is: one of the expected kind with every element where the grammar has it. */
  readonly regular?: RegularKind | undefined;
  /** What the vendor asks of a trust policy; absent when this is none, or there is nothing to compare with. */
  readonly expectedTrust: readonly ExpectedStatement[] | undefined;
}

/** One check: a plain function. It never throws and reports each cause once. */
export type Check = (document: CheckedDocument) => Finding[];
