const units = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
] as const;

/** How long ago something was, in its largest whole unit: "3 minutes ago", "1 day ago". */
export function ago(date: Date): string {
  const milliseconds = Math.max(0, Date.now() - date.getTime());
  const [size, unit] = units.find(([least]) => milliseconds >= least) ?? [1000, "second"];
  const number = Math.floor(milliseconds / size);
  return `${number} ${unit}${number === 1 ? "" : "s"} ago`;
}
