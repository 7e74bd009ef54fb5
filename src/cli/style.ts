/** Colours of a terminal, or none. */
export interface Style {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly note: (text: string) => string;
  readonly good: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

const plain = (text: string) => text;

export const plainStyle: Style = {
  error: plain,
  warning: plain,
  note: plain,
  good: plain,
  faint: plain,
  strong: plain,
};

/** Select Graphic Rendition codes, as every terminal knows them. */
export const colourStyle: Style = {
  error: colour(31, 39),
  warning: colour(33, 39),
  note: colour(36, 39),
  good: colour(32, 39),
  faint: colour(2, 22),
  strong: colour(1, 22),
};

/** Colours only on a terminal, and never when NO_COLOR is set and not empty: https://no-color.org */
export function styleFor(
  stream: { readonly isTTY?: boolean },
  environment: { readonly [name: string]: string | undefined },
): Style {
  return stream.isTTY && !environment.NO_COLOR && environment.TERM !== "dumb" ? colourStyle : plainStyle;
}

function colour(on: number, off: number): (text: string) => string {
  return (text) => `\u001b[${on}m${text}\u001b[${off}m`;
}

/**
 * Text as it may go to a terminal: of the characters that one obeys only line ends, tabs and our colours. A page, a definition
 * or a document of somebody else must not move the cursor, clear the screen or write to the clipboard.
 */
export function forTerminal(text: string): string {
  return text.replace(obeyed, "·");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: our colours begin with one
const obeyed = /(?![\n\t]|\r\n|\u001b\[\d{1,2}m)\p{Cc}/gu;
