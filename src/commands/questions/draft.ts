import type { AccountSession, Profile } from "../../account/account";
import type { BucketFacts } from "../../checks/finding";
import type { Parameter, VendorDefinition } from "../../vendors/definition";
import type { ParameterValue } from "../../vendors/manifest";

/** What the person has answered so far in "New Integration". */
export interface Draft {
  definition: VendorDefinition | undefined;
  accessLevel: string | undefined;
  parameters: Record<string, ParameterValue>;
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
    createsBucket: false,
    integrationName: undefined,
    roleName: undefined,
  });
}

export function bucketParameter({ definition }: Draft): Parameter | undefined {
  return definition?.parameters.find(({ type }) => type === "bucket-list");
}

/** Parameters with a question of their own: named choices, or a value that nobody but the person knows. */
export function askedParameters({ definition }: Draft): readonly Parameter[] {
  return (definition?.parameters ?? []).filter(
    ({ type, required, choices, default: preset }) =>
      (type === "account-id" || type === "user-name") && (choices !== undefined || (required && preset === undefined)),
  );
}

/** Switches that the vendor's pages leave to the customer; the one that makes a bucket is a row of the bucket list. */
export function optionalSwitches({ definition }: Draft): readonly Parameter[] {
  const newBucket = Object.keys(definition?.newBucket?.when ?? {});
  return (definition?.parameters ?? []).filter(({ type, name }) => type === "boolean" && !newBucket.includes(name));
}
