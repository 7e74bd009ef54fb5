/**
 * How the names of AWS's regions end before their number. Younger regions have other countries and the same ends.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export const regionDirections = [
  "central",
  "north",
  "south",
  "east",
  "west",
  "northeast",
  "northwest",
  "southeast",
  "southwest",
];

/** The same as a part of a pattern. */
export const anyDirection = `(?:${regionDirections.join("|")})`;
