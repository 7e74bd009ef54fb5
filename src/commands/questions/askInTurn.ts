import { UserError } from "../../policy/userError";

/** What a question shows in its title bar. */
export interface Position {
  readonly title: string;
  readonly step: number;
  /** Absent while an answer that decides which questions follow is still to be given. */
  readonly totalSteps: number | undefined;
  readonly canGoBack: boolean;
}

export type Answer = "answered" | "back" | "cancelled";

export interface Question {
  /** A question with only one possible answer is not asked. */
  readonly applies: () => boolean | Promise<boolean>;
  /** The answer decides which questions follow. */
  readonly decides?: () => boolean;
  readonly ask: (position: Position) => Promise<Answer>;
}

/** Asks one question after the other, with a way back to those that were asked. Errors: `cancelled`. */
export async function askInTurn(title: string, questions: readonly Question[]): Promise<void> {
  const asked: number[] = [];
  for (let index = 0; index < questions.length; ) {
    const question = questions[index];
    if (!question || !(await question.applies())) {
      index++;
      continue;
    }
    const position = {
      title,
      step: asked.length + 1,
      totalSteps: question.decides?.() ? undefined : asked.length + (await countApplying(questions.slice(index))),
      canGoBack: asked.length > 0,
    };
    const answer = await question.ask(position);
    if (answer === "cancelled") throw new UserError("cancelled", "Cancelled.");
    if (answer === "back") index = asked.pop() ?? 0;
    else {
      asked.push(index);
      index++;
    }
  }
}

async function countApplying(questions: readonly Question[]): Promise<number> {
  const applying = await Promise.all(questions.map(({ applies }) => applies()));
  return applying.filter(Boolean).length;
}
