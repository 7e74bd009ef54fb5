import assert from "node:assert/strict";
import { endpointSettings } from "../../../src/account/endpoints";
import { signInCommand } from "../../../src/account/profiles";
import { useAwsEnvironment } from "../../sandbox/aws-profiles.mjs";

const files = {
  profiles: {
    default: { endpoint_url: "http://default" },
    plain: {},
    mine: { endpoint_url: "http://mine", services: "local" },
    ignoring: { endpoint_url: "http://mine", ignore_configured_endpoint_urls: "true" },
  },
  services: { local: { "s3.endpoint_url": "http://s3" } },
};

describe("the endpoint of a service", () => {
  const endpoint = (service: "IAM" | "S3", profile: string | undefined, environment: Record<string, string> = {}) => {
    const restore = useAwsEnvironment(environment);
    try {
      const settings = endpointSettings(service, profile, files);
      assert.equal(settings.ignoreConfiguredEndpointUrls, true);
      return settings.endpoint;
    } finally {
      restore();
    }
  };

  it("is the profile's own, and never another profile's", () => {
    assert.equal(endpoint("IAM", "mine"), "http://mine");
    assert.equal(endpoint("IAM", "plain"), undefined);
    assert.equal(endpoint("IAM", undefined), undefined);
  });

  it("is the service's where the profile has one for it", () => {
    assert.equal(endpoint("S3", "mine"), "http://s3");
  });

  it("is the environment's before the profile's, and the service's before the general one", () => {
    const environment = { AWS_ENDPOINT_URL: "http://all", AWS_ENDPOINT_URL_S3: "http://only-s3" };
    assert.equal(endpoint("IAM", "mine", environment), "http://all");
    assert.equal(endpoint("S3", "mine", environment), "http://only-s3");
  });

  it("is AWS's where configured ones are to be ignored", () => {
    assert.equal(endpoint("IAM", "ignoring"), undefined);
    assert.equal(endpoint("IAM", "mine", { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }), undefined);
  });
});

describe("the command that renews a sign-in", () => {
  it("follows source_profile to the profile that signs in", () => {
    const profiles = { role: { source_profile: "company" }, company: { sso_session: "company" } };
    assert.equal(signInCommand("role", profiles), "aws sso login --profile company");
    assert.equal(signInCommand("company", profiles), "aws sso login --profile company");
  });

  it("is aws login for a console sign-in", () => {
    assert.equal(signInCommand("me", { me: { login_session: "arn" } }), "aws login --profile me");
  });

  it("is none for keys, unknown profiles and circles", () => {
    const profiles = { keys: { aws_access_key_id: "A" }, a: { source_profile: "b" }, b: { source_profile: "a" } };
    for (const name of ["keys", "unknown", "a"]) assert.equal(signInCommand(name, profiles), undefined);
  });
});
