export const iam = (page: string): string => `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`;
export const kms = (page: string): string => `https://docs.aws.amazon.com/kms/latest/developerguide/${page}.html`;
export const s3 = (page: string): string => `https://docs.aws.amazon.com/AmazonS3/latest/userguide/${page}.html`;
export const organizations = (page: string): string =>
  `https://docs.aws.amazon.com/organizations/latest/userguide/${page}.html`;
