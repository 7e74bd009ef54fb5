import type { SharedFiles } from "./sharedFiles";

export type Service = "IAM" | "KMS" | "S3" | "STS" | "SSO" | "ACCESSANALYZER";

/** Part of a client's configuration. */
export interface EndpointSettings {
  readonly endpoint?: string;
  /**
   * The SDK's clients look for `endpoint_url` in AWS_PROFILE or `default` only, whatever their `profile` is: they would
   * send the calls of one profile to the endpoint of another. So they must not look at all.
   */
  readonly ignoreConfiguredEndpointUrls: true;
}

/**
 * Where a service of a profile is: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services` section,
 * the profile's `endpoint_url`, in this order; none of them is AWS itself.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function endpointSettings(
  service: Service,
  profileName: string | undefined,
  files: SharedFiles,
): EndpointSettings {
  const profile = (profileName === undefined ? undefined : files.profiles[profileName]) ?? {};
  const ignored = process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? profile.ignore_configured_endpoint_urls;
  const services = files.services[profile.services ?? ""] ?? {};
  const endpoint =
    ignored === "true"
      ? undefined
      : process.env[`AWS_ENDPOINT_URL_${service}`] ||
        process.env.AWS_ENDPOINT_URL ||
        services[`${service.toLowerCase()}.endpoint_url`] ||
        profile.endpoint_url;
  return endpoint ? { endpoint, ignoreConfiguredEndpointUrls: true } : { ignoreConfiguredEndpointUrls: true };
}
