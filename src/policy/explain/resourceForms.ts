import { isBucketOrObjectArn, parseArn } from "../arn";
import type { ServiceReference } from "../serviceReference/serviceReference";
import { everyText, type Language, type Token, templateLanguage } from "./language";

/** What an action can be asked to act on. */
export interface ResourceForms {
  /** Equal for actions with the same forms. */
  readonly key: string;
  /** Names of the service's resource types with the languages of their ARNs. Absent: not known, so any. */
  readonly types?: readonly { readonly name: string; readonly language: Language }[];
  /** The service of the action: "s3". */
  readonly service: string;
}

/**
 * Services outside the reference's full part, some of whose actions act on resources of S3, KMS, STS or IAM; all others
 * have only resources of their own. From the resource types of the Service Authorization Reference.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const guests: { readonly [service: string]: readonly string[] } = {
  s3: ["backup", "ssm"],
  kms: ["backup", "events", "kinesis"],
  iam: ["backup", "codestar", "ec2", "es", "ssm"],
  sts: ["backup"],
};

/** Remembers what it worked out: for one look at documents. */
export function resourceFormsOf(reference: ServiceReference): (action: string) => ResourceForms {
  const languages = new Map<string, Language>();
  const known = new Map<string, ResourceForms>();
  const languageOf = (arn: string): Language => {
    const language = languages.get(arn) ?? arnLanguage(arn);
    languages.set(arn, language);
    return language;
  };
  return (action) => {
    const service = action.slice(0, Math.max(action.indexOf(":"), 0)).toLowerCase();
    const facts = reference.action(action);
    const names = facts?.resourceTypes.map(({ name }) => name);
    const key = `${service}:${names?.join(" ") ?? "?"}`;
    const forms = known.get(key) ?? {
      key,
      service,
      ...(names && {
        types: names.flatMap((name) => {
          const type = reference.resourceType(service, name);
          return type ? [{ name, language: languageOf(type.arn) }] : [];
        }),
      }),
    };
    known.set(key, forms);
    return forms;
  };
}

/** Names of buckets and access points have no slash; what else ends an ARN may be a path. */
const withoutSlash = new Set(["Partition", "Region", "Account", "BucketName", "AccessPointName", "RoleSessionName"]);

/** `arn:${Partition}:s3:::${BucketName}/${ObjectName}`; no part of it is empty. */
function arnLanguage(arn: string): Language {
  const parts = arn.split(/\$\{(\w+)\}/).flatMap((part, index): readonly (string | { readonly token: Token })[] => {
    if (index % 2 === 0) return [part];
    return withoutSlash.has(part) ? [{ token: "anyInName" }, { token: "name" }] : [{ token: "any" }, { token: "text" }];
  });
  return templateLanguage(arn, parts);
}

/**
 * The forms that a resource pattern can name for an action: an empty list when the action can never match it.
 * An action that knows no resources asks for `*`; S3's documentation allows s3:ListAllMyBuckets on `arn:aws:s3:::*`, too.
 */
export function formsWithin(
  forms: ResourceForms,
  pattern: Language,
  meets: (a: Language, b: Language) => boolean,
): readonly { readonly name: string | undefined; readonly language: Language }[] {
  if (pattern.text === "*") return forms.types?.length ? forms.types : [{ name: undefined, language: everyText }];
  const arn = parseArn(pattern.text);
  if (forms.types === undefined) {
    const hosts = arn === undefined ? undefined : guests[arn.service];
    const foreign = hosts !== undefined && arn?.service !== forms.service && !hosts.includes(forms.service);
    return foreign ? [] : [{ name: undefined, language: everyText }];
  }
  if (forms.types.length === 0) {
    const allOfS3 = arn !== undefined && isBucketOrObjectArn(arn) && arn.resource === "*" && forms.service === "s3";
    return allOfS3 ? [{ name: undefined, language: everyText }] : [];
  }
  return forms.types.filter(({ language }) => meets(language, pattern));
}
