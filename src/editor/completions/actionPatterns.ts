export interface ActionPattern {
  /** `s3:GetObject*` */
  readonly pattern: string;
  /** How many actions it matches, at least two. */
  readonly count: number;
}

/**
 * The patterns that a person would write for actions of one service: whole words of a name and a star. Of several that
 * match the same actions the longest, which will match the fewest that AWS adds.
 * @param actions all actions of the service
 */
export function actionPatterns(actions: readonly string[]): readonly ActionPattern[] {
  const counts = new Map<string, number>();
  for (const action of actions) {
    for (const start of wordStarts(action)) counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  const starts = [...counts].sort(([a], [b]) => a.length - b.length);
  return starts.flatMap(([start, count]) => {
    if (count < 2) return [];
    const longer = starts.some(
      ([other, same]) => same === count && other.length > start.length && other.startsWith(start),
    );
    return longer ? [] : [{ pattern: `${start}*`, count }];
  });
}

/** `s3:Get`, `s3:GetObject`, `s3:GetObjectAcl` */
function wordStarts(action: string): readonly string[] {
  const colon = action.indexOf(":") + 1;
  const words = action.slice(colon).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^A-Za-z]+/g) ?? [];
  const starts: string[] = [];
  let start = action.slice(0, colon);
  for (const word of words) {
    start += word;
    starts.push(start);
  }
  return starts;
}
