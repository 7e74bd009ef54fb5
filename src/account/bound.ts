import type { Aws } from "./aws";

/** The same with at most so many calls under way; what waits for a retry keeps its place. */
export function withBound(aws: Aws, most: number): Aws {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    ...aws,
    async call(action, send, options) {
      if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
      else running += 1;
      try {
        return await aws.call(action, send, options);
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
