import { escapeMarkdown } from "../../policy/markdownText";
import type { DocumentKind } from "../../policy/policyDocument";
import type { VendorDefinition } from "../../vendors/definition";
import { knownForms } from "../../vendors/knownPrincipal";
import { currentPrincipals } from "../../vendors/principals";
import { principalHover } from "../hovers/principalHover";
import { type Completion, keyCompletion, stringCompletion, valueCompletion } from "./completion";
import type { CompletionContext } from "./completionContext";
import type { PolicyCursor } from "./policyCursor";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function principalKeys({ place, kind, siblings }: PolicyCursor): readonly Completion[] {
  return principalTypes(kind).flatMap(([label, documentation], order) =>
    siblings.has(label)
      ? []
      : [keyCompletion(place, { label, kind: "element", group: 0, order, documentation, asksAgain: true }, '"$1"')],
  );
}

function principalTypes(kind: DocumentKind): readonly (readonly [label: string, documentation: string])[] {
  return [
    ["AWS", "Accounts, roles and users, by ARN. An account stands for everyone in it whom its own policies let."],
    ["Service", "AWS services that act on their own behalf, such as `ec2.amazonaws.com`."],
    ...(kind === "trust" || kind === "unknown"
      ? [["Federated", "Identity providers: whoever signs in there and fulfils the conditions."] as const]
      : []),
    ...(kind === "bucket" ? [["CanonicalUser", "Accounts by S3’s canonical user ID."] as const] : []),
  ];
}

/** Directly under `Principal`: an object for one of the types. */
export function principalObjects({ place, kind }: PolicyCursor): readonly Completion[] {
  const everyone = stringCompletion(place, {
    label: "*",
    kind: "principal",
    group: 1,
    detail: "everyone",
    documentation: "**Everyone**: every AWS account in the world, unless a condition narrows it.",
  });
  // A role that everyone may assume is never meant.
  const others = kind === "trust" ? [] : [everyone];
  if (place.quotes !== "none") return others;
  const objects = principalTypes(kind).map(([type, documentation], order) => {
    const snippet = `{ "${type}": "$1" }`;
    const label = `{ "${type}": … }`;
    return valueCompletion(place, {
      label,
      kind: "element",
      group: 0,
      order,
      documentation,
      snippet,
      filterText: type,
      asksAgain: true,
    });
  });
  return [...objects, ...others];
}

/** Who can stand under this type: for AWS the vendors' principals as they are now, this integration's first. */
export function principals(cursor: PolicyCursor, type: string, context: CompletionContext): readonly Completion[] {
  switch (type) {
    case "AWS":
      return awsPrincipals(cursor, context);
    case "Service":
      return services(cursor);
    case "Federated":
      return providers(cursor, context);
    default:
      return [];
  }
}

function awsPrincipals({ place }: PolicyCursor, context: CompletionContext): readonly Completion[] {
  const { integration, vendors } = context;
  const ownAccount = integration?.request.account;
  const partition = integration?.request.partition ?? "aws";
  const offered = new Map<string, { vendor: VendorDefinition; group: number }>();
  const offer = (values: readonly string[], vendor: VendorDefinition, group: number) => {
    for (const value of values) if (!offered.has(value)) offered.set(value, { vendor, group });
  };
  if (integration) offer(currentPrincipals(integration.definition, integration.request), integration.definition, 0);
  for (const vendor of vendors) {
    if (vendor === integration?.definition) continue;
    const current = vendor.principals.filter(({ status }) => status === "current");
    offer(
      current.flatMap(({ value }) => knownForms(value, vendor.parameters)),
      vendor,
      integration ? 2 : 0,
    );
  }
  const vendorsOwn = Array.from(offered, ([label, { vendor, group }]) => {
    const documentation =
      principalHover("AWS", label, { vendors, ownAccount }) ?? `For ${escapeMarkdown(vendor.name)}.`;
    // The name finds it, too.
    const filterText = `${label} ${vendor.name}`;
    return stringCompletion(place, { label, kind: "principal", detail: vendor.name, documentation, filterText, group });
  });
  const forms = [
    ["account", `arn:${partition}:iam::\${1:account}:root`, "Everyone in an account whom its own policies let."],
    ["role", `arn:${partition}:iam::\${1:account}:role/\${2:name}`, "One role."],
    ["user", `arn:${partition}:iam::\${1:account}:user/\${2:name}`, "One user."],
  ] as const;
  return [
    ...vendorsOwn,
    ...(ownAccount === undefined
      ? []
      : [
          stringCompletion(place, {
            label: `arn:${partition}:iam::${ownAccount}:root`,
            kind: "principal",
            detail: "your own account",
            documentation: "Everyone in your own account whom its own policies let.",
            group: 1,
          }),
        ]),
    ...forms.map(([detail, snippet, documentation], order) =>
      stringCompletion(place, {
        label: snippet.replace(/\$\{\d:(\w+)\}/g, "$1"),
        kind: "principal",
        detail,
        documentation,
        snippet,
        group: 3,
        order,
      }),
    ),
  ];
}

/**
 * Services that roles are made for, and those that write to buckets and use keys.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
const servicePrincipals: { readonly [Kind in DocumentKind]: readonly (readonly [name: string, what: string])[] } =
  (() => {
    const assuming = [
      ["ec2.amazonaws.com", "EC2 instances"],
      ["lambda.amazonaws.com", "Lambda functions"],
      ["ecs-tasks.amazonaws.com", "containers of ECS tasks"],
      ["glue.amazonaws.com", "Glue jobs and crawlers"],
      ["sagemaker.amazonaws.com", "SageMaker jobs and endpoints"],
      ["states.amazonaws.com", "Step Functions"],
      ["events.amazonaws.com", "EventBridge rules"],
      ["s3.amazonaws.com", "S3 replication"],
      ["batchoperations.s3.amazonaws.com", "S3 Batch Operations"],
    ] as const;
    const writing = [
      ["logging.s3.amazonaws.com", "S3 server access logs"],
      ["s3.amazonaws.com", "S3 inventory and analytics"],
      ["cloudfront.amazonaws.com", "CloudFront distributions"],
      ["cloudtrail.amazonaws.com", "CloudTrail trails"],
      ["config.amazonaws.com", "AWS Config"],
      ["delivery.logs.amazonaws.com", "logs of other services"],
      ["logdelivery.elasticloadbalancing.amazonaws.com", "logs of load balancers"],
    ] as const;
    return {
      trust: assuming,
      permissions: [],
      bucket: writing,
      key: writing,
      unknown: [...assuming, ...writing.slice(0, 1)],
    };
  })();

function services({ place, kind }: PolicyCursor): readonly Completion[] {
  return servicePrincipals[kind].map(([label, detail], order) =>
    stringCompletion(place, { label, kind: "principal", detail, group: 0, order }),
  );
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity */
function providers({ place }: PolicyCursor, { integration }: CompletionContext): readonly Completion[] {
  const { partition = "aws", account = "${1:account}" } = integration?.request ?? {};
  const arn = (kind: string, name: string) => `arn:${partition}:iam::${account}:${kind}/${name}`;
  const snippets = [
    ["an OpenID Connect provider of the account", arn("oidc-provider", "${2:domain}")],
    ["GitHub Actions", arn("oidc-provider", "token.actions.githubusercontent.com")],
    ["a SAML provider of the account", arn("saml-provider", "${2:name}")],
  ] as const;
  const builtIn = [
    ["cognito-identity.amazonaws.com", "Amazon Cognito"],
    ["accounts.google.com", "Google"],
    ["www.amazon.com", "Login with Amazon"],
    ["graph.facebook.com", "Facebook"],
  ] as const;
  return [
    ...snippets.map(([detail, snippet], order) => {
      const label = snippet.replace(/\$\{\d:(\w+)\}/g, "$1");
      return stringCompletion(place, { label, kind: "principal", detail, snippet, group: 0, order });
    }),
    ...builtIn.map(([label, detail], order) =>
      stringCompletion(place, { label, kind: "principal", detail, group: 1, order }),
    ),
  ];
}
