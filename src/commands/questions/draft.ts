import type { AccountSession, Profile } from "../../account/account";
import type { BucketFacts } from "../../checks/finding";
import type { Parameter, VendorDefinition } from "../../vendors/definition";
import type { ParameterValue } from "../../vendors/manifest";
import { applicableParameters } from "../../vendors/parameters";

/** What the person has answered so far in "New Integration". */
export interface Draft {
  definition: VendorDefinition | undefined;
  accessLevel: string | undefined;
  parameters: Record<string, ParameterValue>;
  /** What the vendor shows only when it knows the role is entered then: one answer for all of it. */
  answersLater: boolean;
  buckets: readonly string[];
  /** The bucket is to be made, as the vendor's page describes it. */
  createsBucket: boolean;
  /** Absent: without AWS. */
  profile: string | undefined;
  profiles: readonly Profile[];
  session: AccountSession | undefined;
  /** The person has read why it can't be connected to: it is not tried again behind their back. */
  connectingFailed: boolean;
  /** What looks at the chosen buckets told. */
  facts: readonly BucketFacts[];
  /** Why a bucket could not be looked at. */
  notes: readonly string[];
  integrationName: string | undefined;
  roleName: string | undefined;
}

export function emptyDraft(): Draft {
  return {
    definition: undefined,
    accessLevel: undefined,
    parameters: {},
    answersLater: false,
    buckets: [],
    createsBucket: false,
    profile: undefined,
    profiles: [],
    session: undefined,
    connectingFailed: false,
    facts: [],
    notes: [],
    integrationName: undefined,
    roleName: undefined,
  };
}

/** Another vendor has other parameters: what was chosen for the one before is gone. */
export function chooseVendor(draft: Draft, definition: VendorDefinition): void {
  if (draft.definition === definition) return;
  Object.assign(draft, {
    definition,
    accessLevel: definition.accessLevels[0]?.id,
    parameters: {},
    answersLater: false,
    createsBucket: false,
    integrationName: undefined,
    roleName: undefined,
  });
}

export function bucketParameter({ definition }: Draft): Parameter | undefined {
  return definition?.parameters.find(({ type }) => type === "bucket-list");
}

/** Parameters with a question of their own: named choices, and values that nobody but the person knows. */
export function askedParameters(draft: Draft): readonly Parameter[] {
  const asks: readonly Parameter["type"][] = [
    "account-id",
    "user-name",
    "text",
    "external-id",
    "principal-arn",
    "prefix",
  ];
  return draftParameters(draft).filter(({ type, required, choices, default: preset, phase, chosenBy }) => {
    if (type === "choice") return true;
    if (!asks.includes(type) || chosenBy === "customer") return false;
    if (phase === 2) return required;
    return choices !== undefined || (required && preset === undefined);
  });
}

/** Values that may be given and seldom are: behind the gear of the bucket's question. */
export function optionalValues(draft: Draft): readonly Parameter[] {
  const asked = askedParameters(draft);
  const types: readonly Parameter["type"][] = ["user-name", "text", "external-id", "principal-arn", "prefix"];
  return draftParameters(draft).filter((parameter) => types.includes(parameter.type) && !asked.includes(parameter));
}

/** Switches that the vendor's pages leave to the customer; the one that makes a bucket is a row of the bucket list. */
export function optionalSwitches(draft: Draft): readonly Parameter[] {
  const newBucket = Object.keys(draft.definition?.newBucket?.when ?? {});
  return draftParameters(draft).filter(({ type, name }) => type === "boolean" && !newBucket.includes(name));
}

/** Those that apply with what is chosen so far. */
function draftParameters({ definition, accessLevel = "", parameters, session }: Draft): readonly Parameter[] {
  if (!definition) return [];
  const partition = session?.identity.partition;
  return applicableParameters(definition, { accessLevel, parameters, ...(partition && { partition }) });
}
