import type { JsonValue } from "../../src/policy/json";
import { type GoldenDocument, type GoldenPage, goldenPages } from "./goldenPages";
import { type Mutation, mutations } from "./mutations";
import { type Random, random } from "./random";

export interface MutatedPage {
  readonly seed: number;
  readonly text: string;
  readonly golden: readonly GoldenDocument[];
  /** For each document, what was done to it. */
  readonly mutations: readonly (readonly Mutation[])[];
  readonly layout: string;
}

/** A page with damaged documents, the same for the same seed. */
export function mutatedPage(seed: number): MutatedPage {
  const numbers = random(seed);
  const page = goldenPages[seed % goldenPages.length] ?? numbers.pick(goldenPages);
  const first = mutations[seed % mutations.length] ?? numbers.pick(mutations);
  const layout = numbers.pick(layouts);
  const made = page.documents.map((document, index) =>
    damaged(document, index === seed % page.documents.length ? first : undefined, numbers),
  );
  const { text, order } = layout.show(
    page,
    made.map(({ text }) => text),
    numbers,
  );
  const used = order ?? page.documents.map((_, index) => index);
  return {
    seed,
    text,
    golden: used.flatMap((index) => page.documents[index] ?? []),
    mutations: used.map((index) => made[index]?.done ?? []),
    layout: layout.name,
  };
}

function damaged(
  document: GoldenDocument,
  first: Mutation | undefined,
  numbers: Random,
): { text: string; done: readonly Mutation[] } {
  let text = indented(document.value, numbers);
  const done: Mutation[] = [];
  const wanted = [
    ...(first ? [first] : []),
    ...Array.from({ length: numbers.number(3) }, () => numbers.pick(mutations)),
  ];
  // What rewrites every character comes last, as it does on the way to the clipboard.
  wanted.sort((a, b) => mutations.indexOf(a) - mutations.indexOf(b));
  for (const mutation of [...wanted].sort((a, b) => Number(isOutermost(a)) - Number(isOutermost(b)))) {
    if (done.includes(mutation) || (isOutermost(mutation) && done.some(isOutermost))) continue;
    const next = mutation.mutate(text, numbers);
    if (next === undefined || next === text) continue;
    text = next;
    done.push(mutation);
  }
  return { text, done };
}

/** Of these only one can happen to a text. */
function isOutermost({ name }: Mutation): boolean {
  return /references|escape|line numbers|marks|single quotes|tags|bold|lost line/.test(name);
}

function indented(value: JsonValue, numbers: Random): string {
  const text = JSON.stringify(value, null, numbers.pick([2, 4, 4, "\t"]));
  return numbers.chance(20) ? text.replace(/\[\s*("[^"\n]*")\s*\]/g, "[ $1 ]") : text;
}

interface Layout {
  readonly name: string;
  readonly show: (
    page: GoldenPage,
    texts: readonly string[],
    numbers: Random,
  ) => { readonly text: string; readonly order?: readonly number[] };
}

const layouts: readonly Layout[] = [
  {
    name: "plain text",
    show: (page, texts) => ({ text: prose(page, (intro, index) => `${intro}\n\n${texts[index]}\n`) }),
  },
  {
    name: "plain text without empty lines",
    show: (page, texts) => ({ text: prose(page, (intro, index) => `${intro}\n${texts[index]}`) }),
  },
  {
    name: "with the button's text",
    show: (page, texts) => ({
      text: prose(page, (intro, index) => `${intro}\nJSON\nCopy\n${texts[index]}\nCopied!\n`),
    }),
  },
  {
    name: "Markdown",
    show: (page, texts, numbers) => {
      const language = numbers.pick(["json", "", "text", "json5 title=policy.json"]);
      return {
        text: `# ${prose(page, (intro, index) => `## Step ${index + 1}\n\n${intro}\n\n\`\`\`${language}\n${texts[index]}\n\`\`\`\n`)}`,
      };
    },
  },
  {
    name: "HTML",
    show: (page, texts) => ({
      text: `<!DOCTYPE html><html><head><title>${page.title}</title><script>var a = {"Version": 1};</script></head><body><nav><ul><li>Home</li></ul></nav>\n<h1>${page.title}</h1>${page.opening
        .map((line) => `<p>${line}</p>`)
        .join("\n")}\n${page.documents
        .map(
          ({ intro }, index) =>
            `<p>${html(intro)}</p>\n<div class="code"><button>Copy</button><pre><code class="language-json">${html(texts[index] ?? "")}</code></pre></div>`,
        )
        .join("\n")}\n${page.notes.map((line) => `<p>${line}</p>`).join("\n")}</body></html>`,
    }),
  },
  {
    name: "all in one code block",
    show: (page, texts) => ({
      text: `# ${page.title}\n\n${page.opening.join("\n")}\n\n\`\`\`\n${texts.join("\n\n")}\n\`\`\`\n\n${page.notes.join("\n")}\n`,
    }),
  },
  {
    name: "commands",
    show: (page, texts) => ({
      text: prose(
        page,
        (intro, index) =>
          `${intro}\n\ncat > policy-${index}.json <<'EOF'\n${texts[index]}\nEOF\n\naws iam create-policy --policy-name example --policy-document file://policy-${index}.json\n`,
      ),
    }),
  },
  {
    name: "commands with the document in them",
    show: (page, texts) => ({
      text: prose(
        page,
        (intro, index) =>
          `${intro}\n\naws iam create-role --role-name example \\\n  --assume-role-policy-document '${texts[index]}'\n`,
      ),
    }),
  },
  {
    name: "numbered steps",
    show: (page, texts) => ({
      text: prose(
        page,
        (intro, index) =>
          `${index + 1}. Open the IAM console.\n${index + 2}. ${intro}\n${(texts[index] ?? "").replace(/^/gm, "    ")}\n${index + 3}. Click Next.\n`,
      ),
    }),
  },
];

function prose(
  { title, opening, documents, notes }: GoldenPage,
  part: (intro: string, index: number) => string,
): string {
  return [title, "", ...opening, "", ...documents.map(({ intro }, index) => part(intro, index)), ...notes, ""].join(
    "\n",
  );
}

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
