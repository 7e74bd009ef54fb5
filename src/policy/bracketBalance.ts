import { CLOSE_BRACE, CLOSE_BRACKET, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "./jsonCharacters";

/** How many more brackets of a kind the text opens than closes: negative when it closes too many. */
export interface BracketBalance {
  object: number;
  array: number;
}

/** Counts over the whole text, outside of what looks like strings: tells a missing bracket from one too many. */
export function bracketBalance(text: string): BracketBalance {
  const balance = { object: 0, array: 0 };
  let quoted = false;
  for (let position = 0; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === 10) quoted = false;
    else if (code === QUOTE && text.charCodeAt(position - 1) !== 92) quoted = !quoted;
    else if (quoted) continue;
    else if (code === OPEN_BRACE) balance.object += 1;
    else if (code === CLOSE_BRACE) balance.object -= 1;
    else if (code === OPEN_BRACKET) balance.array += 1;
    else if (code === CLOSE_BRACKET) balance.array -= 1;
  }
  return balance;
}
