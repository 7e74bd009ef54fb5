import { matchesPattern } from "../wildcards";
import { createConditionKeys } from "./conditionKeys";
import { type FullService, type FullServiceData, readFullService } from "./fullService";
import type { AccessLevel, ServiceReference } from "./serviceReference";

/** The order in which a service's actions are listed in the data. */
export const accessLevels: readonly AccessLevel[] = ["List", "Read", "Write", "Permissions management", "Tagging"];

/** The generated data: few long strings, which take no time to load and are read when a service is first asked for. */
export interface ServiceReferenceData {
  readonly date: string;
  /** Prefix → `Amazon S3|ListBucket …|GetObject …|…`: its name, then its actions by access level, each list sorted. */
  readonly services: { readonly [service: string]: string };
  /** `aws:CurrentTime|Date|Filters access by …` */
  readonly globalConditionKeys: readonly string[];
  readonly otherKeyPrefixes: readonly string[];
  readonly inFull: { readonly [service: string]: FullServiceData };
}

interface Service {
  readonly name: string;
  /** `s3:GetObject`, sorted. */
  readonly actions: readonly string[];
  readonly names: ReadonlySet<string>;
  /** Lower case, in the same order. */
  readonly lowerCased: readonly string[];
  /** By the action in lower case. */
  readonly levels: ReadonlyMap<string, AccessLevel>;
}

export function createServiceReference(data: ServiceReferenceData): ServiceReference {
  const prefixes = Object.keys(data.services);
  const known = new Set(prefixes);
  const services = new Map<string, Service>();
  const inFull = new Map<string, FullService>();
  let everything: readonly string[] | undefined;
  let conditionKeys: ReturnType<typeof createConditionKeys> | undefined;

  function serviceOf(prefix: string): Service | undefined {
    const name = prefix.toLowerCase();
    if (!known.has(name)) return undefined;
    const service = services.get(name) ?? readService(name, data.services[name] ?? "");
    services.set(name, service);
    return service;
  }

  function fullServiceOf(prefix: string): FullService | undefined {
    const name = prefix.toLowerCase();
    if (!Object.hasOwn(data.inFull, name)) return undefined;
    const service = inFull.get(name) ?? readFullService(name, data.inFull[name], (action) => levelOf(action) ?? "Read");
    inFull.set(name, service);
    return service;
  }

  const levelOf = (action: string) => serviceOf(prefixOf(action))?.levels.get(action.toLowerCase());

  /** The pattern's first colon ends its prefix, as no action's name has one; without a colon it is only `*` that matches. */
  function servicesFor(pattern: string): readonly string[] {
    const prefix = prefixOf(pattern);
    return known.has(prefix) ? [prefix] : prefixes.filter((name) => matchesPattern(prefix, name));
  }

  function matchesAny(pattern: string): boolean {
    const wanted = pattern.toLowerCase();
    // Most actions are told apart by what stands before the first wildcard.
    const literal = wanted.slice(0, Math.max(wanted.search(/[*?]/), 0));
    return (
      pattern === "*" ||
      servicesFor(wanted).some((candidate) =>
        serviceOf(candidate)?.lowerCased.some((action) => action.startsWith(literal) && matchesPattern(wanted, action)),
      )
    );
  }

  function expand(pattern: string): readonly string[] {
    if (pattern === "*") {
      everything ??= prefixes.flatMap((prefix) => serviceOf(prefix)?.actions ?? []);
      return everything;
    }
    const wanted = pattern.toLowerCase();
    return servicesFor(wanted).flatMap((candidate) => {
      const service = serviceOf(candidate);
      return service?.actions.filter((_, index) => matchesPattern(wanted, service.lowerCased[index] ?? "")) ?? [];
    });
  }

  return {
    date: data.date,
    services: prefixes,
    serviceName: (service) => serviceOf(service)?.name,
    actionsOf: (service) => serviceOf(service)?.actions ?? [],
    expand,
    matchesAny,
    // In AWS's spelling, as nearly always, it is found without another one.
    isAction: (action) => services.get(prefixOf(action))?.names.has(action) === true || levelOf(action) !== undefined,
    accessLevel: levelOf,
    action: (action) => fullServiceOf(prefixOf(action))?.actions.get(action.toLowerCase()),
    resourceType: (service, name) => fullServiceOf(service)?.resourceTypes.get(name.toLowerCase()),
    resourceTypesOf: (service) => [...(fullServiceOf(service)?.resourceTypes.values() ?? [])],
    globalConditionKeys: data.globalConditionKeys.map((line) => line.slice(0, line.indexOf("|"))),
    otherKeyPrefixes: data.otherKeyPrefixes,
    conditionKey(name) {
      conditionKeys ??= createConditionKeys([
        ...data.globalConditionKeys,
        ...Object.values(data.inFull).flatMap((service) => service.conditionKeys),
      ]);
      return conditionKeys.find(name);
    },
  };
}

function prefixOf(action: string): string {
  return action.slice(0, Math.max(action.indexOf(":"), 0));
}

function readService(prefix: string, text: string): Service {
  const [name = "", ...lists] = text.split("|");
  const levels = new Map<string, AccessLevel>();
  const actions: string[] = [];
  accessLevels.forEach((level, index) => {
    for (const action of lists[index]?.split(" ") ?? []) {
      if (action === "") continue;
      actions.push(`${prefix}:${action}`);
      levels.set(`${prefix}:${action.toLowerCase()}`, level);
    }
  });
  actions.sort();
  return { name, actions, names: new Set(actions), lowerCased: actions.map((action) => action.toLowerCase()), levels };
}
