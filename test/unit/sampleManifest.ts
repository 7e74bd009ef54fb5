/** The integration.json of an integration that somebody has just made: of JFrog ML, for one bucket. */
export const sampleManifest = {
  id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
  vendor: "jfrog-ml",
  accessLevel: "read-only",
  parameters: { buckets: ["training-data"] },
  role: { name: "r" },
  documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
};
