import { isAccountId } from "../../policy/arn";
import { codeSpan } from "../../policy/markdownText";
import { belonging, type PrincipalContext } from "./principalHover";

/** Whose an AWS account is, by its id, as Markdown; undefined for a text that is no account id. */
export function accountHover(text: string, context: PrincipalContext): string | undefined {
  return isAccountId(text) ? `**Account** ${codeSpan(text)}\n\n${belonging(text, text, context)}` : undefined;
}
