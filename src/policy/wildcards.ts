/**
 * Does a pattern of the policy language match a text? `*` stands for any characters, `?` for one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let star = -1;
  let resume = 0;
  let at = 0;
  let position = 0;
  while (position < text.length) {
    const code = at < pattern.length ? pattern.charCodeAt(at) : -1;
    if (code === 42) {
      star = at;
      at += 1;
      resume = position;
    } else if (code === 63 || code === text.charCodeAt(position)) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      position = resume;
    } else {
      return false;
    }
  }
  while (at < pattern.length && pattern.charCodeAt(at) === 42) at += 1;
  return at === pattern.length;
}

export function hasWildcard(text: string): boolean {
  return text.includes("*") || text.includes("?");
}

/** Actions are compared without regard to upper and lower case. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesPattern(pattern.toLowerCase(), action.toLowerCase());
}
