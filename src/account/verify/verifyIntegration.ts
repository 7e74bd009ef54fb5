import type { Integration } from "../../integration/integration";
import { verifyAccess, verifyGuards } from "../../integration/verifyAccess";
import type { ServiceReference } from "../../policy/serviceReference/serviceReference";
import type { LiveState, VerifiedIntegration } from "../account";
import type { Aws } from "../aws";
import { askAws, withOpinion } from "./askAws";
import { readLayers } from "./readLayers";

const withoutOrganization =
  "Whether service control policies of an organization forbid it is not known: AWS's simulation would tell, and gave no answer";

/** Evaluates what the vendor needs by all that is live and may be read, and puts AWS's own opinion beside it. */
export async function verifyIntegration(
  aws: Aws,
  integration: Integration,
  live: LiveState,
  reference: ServiceReference,
): Promise<VerifiedIntegration> {
  const { account } = aws.identity;
  const present = live.resources.filter((resource) => resource.live !== undefined);
  const role = present.find(({ kind }) => kind === "role");
  if (!role && !present.some(({ kind }) => kind === "bucket-policy" || kind === "key-policy")) {
    return { access: [], guards: [], unread: [], awsFindings: [], unanswered: [] };
  }
  const layers = await readLayers(aws, integration, live);
  const access = verifyAccess(integration, account, live.resources, reference, layers);
  const requests = access.filter(({ on }) => on === "act").map(({ request }) => request);
  const { simulated, findings, unanswered } = await askAws(aws, integration, role?.arn, requests);
  const unknown = requests.length > 0 && role !== undefined && simulated.length === 0 ? [withoutOrganization] : [];
  return {
    access: withOpinion(access, simulated),
    guards: verifyGuards(integration, account, live.resources, reference),
    unread: [...layers.unread.map(({ sentence }) => sentence), ...unknown],
    awsFindings: findings,
    unanswered,
  };
}
