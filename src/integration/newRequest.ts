import { UserError } from "../policy/userError";
import type { VendorDefinition } from "../vendors/definition";
import type { IntegrationRequest, ParameterValue } from "../vendors/manifest";
import { defaultRoleName, validateRoleName } from "../vendors/names";
import { applicableParameters, hasValue, withDefaults } from "../vendors/parameters";
import { hasRole } from "../vendors/render";
import { newExternalId } from "./newExternalId";

export interface RequestChoices {
  /** Absent: the vendor's first. */
  readonly accessLevel?: string;
  readonly parameters: { readonly [name: string]: ParameterValue };
  readonly account?: string;
  readonly region?: string;
  readonly partition?: "aws" | "aws-cn" | "aws-us-gov";
  /** Absent: the vendor's own suggestion, or a name made of the vendor and the bucket. */
  readonly roleName?: string;
}

/** AWS's own default, 1 hour: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const defaultSessionDuration = 3600;

/**
 * What the customer decided, with a value for everything that they left to us.
 *
 * @throws UserError `parameter-invalid` for an access level that the vendor does not have, or a name that AWS refuses
 */
export function newRequest(definition: VendorDefinition, choices: RequestChoices): IntegrationRequest {
  const { account, region, partition, parameters } = choices;
  const levels = definition.accessLevels.map(({ id }) => id);
  const accessLevel = choices.accessLevel ?? levels[0] ?? "";
  if (!levels.includes(accessLevel)) {
    throw new UserError(
      "parameter-invalid",
      `${definition.name} has no access level "${accessLevel}". It has: ${levels.join(", ")}.`,
    );
  }
  const roleName = choices.roleName ?? defaultRoleName(definition, bucketsOf(definition, { parameters }));
  const request = withDefaults(definition, {
    accessLevel,
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(partition !== undefined && partition !== "aws" && { partition }),
    parameters,
    role: {
      name: roleName,
      maxSessionDuration: definition.role?.maxSessionDuration ?? defaultSessionDuration,
      tags: {},
    },
  });
  const complete = withExternalIds(definition, request);
  if (!hasRole(definition, complete)) {
    const { role: _, ...withoutRole } = complete;
    return withoutRole;
  }
  const refusal = validateRoleName(roleName) ?? notFixedName(definition, roleName);
  if (refusal !== undefined) {
    throw new UserError("parameter-invalid", `The role name "${roleName}" can't be used. ${refusal}`);
  }
  return complete;
}

/** An external ID that the customer chooses is best one that nobody can guess. */
function withExternalIds(definition: VendorDefinition, request: IntegrationRequest): IntegrationRequest {
  const made = applicableParameters(definition, request)
    .filter((parameter) => parameter.type === "external-id" && parameter.chosenBy === "customer")
    .filter((parameter) => parameter.required && !hasValue(request, parameter))
    .map(({ name }) => [name, newExternalId()] as const);
  return made.length === 0
    ? request
    : { ...request, parameters: { ...request.parameters, ...Object.fromEntries(made) } };
}

function notFixedName({ name, role }: VendorDefinition, roleName: string): string | undefined {
  const fixed = role?.fixedName;
  return fixed === undefined || fixed === roleName ? undefined : `${name} looks for the role ${fixed} and no other.`;
}

/** The buckets that a request is about, from whichever of the vendor's parameters names them. */
export function bucketsOf(
  definition: VendorDefinition,
  request: Pick<IntegrationRequest, "parameters">,
): readonly string[] {
  return definition.parameters
    .filter(({ type }) => type === "bucket-list")
    .flatMap(({ name }) => {
      const value = request.parameters[name];
      return typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
    });
}
