import { codeSpan } from "../../policy/markdownText";
/**
 * What a version of the policy language knows, as Markdown.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function versionHover(version: string): string {
  const name = `**Version** ${codeSpan(version)} of the policy language`;
  switch (version) {
    case "2012-10-17":
      return `${name}: the current one. Only it knows policy variables such as \`\${aws:username}\`. It is no date of yours: leave it as it is.`;
    case "2008-10-17":
      return `${name}: ⚠ the one before. Policy variables such as \`\${aws:username}\` are plain text in it. Use \`2012-10-17\`.`;
    default:
      return `${name}: ⚠ there is no such version. Use \`2012-10-17\`.`;
  }
}
