const mostListed = 3;
const longest = 200;

/** `a, b or c`; of many the first three and how many more there are. An empty text is `""`. */
export function listed(names: readonly string[], conjunction: "and" | "or"): string {
  if (names.length === 0) return "nothing";
  const shown = names.slice(0, mostListed).map(shorten);
  if (names.length > mostListed) return `${shown.join(", ")} ${conjunction} ${names.length - mostListed} more`;
  const [last] = shown.slice(-1);
  return shown.length === 1 ? `${last}` : `${shown.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

function shorten(name: string): string {
  if (name === "") return '""';
  return name.length > longest ? `${name.slice(0, longest)}…` : name;
}
