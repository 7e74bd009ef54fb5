/** A short policy with a placeholder. */
export const policy =
  '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::BUCKET_NAME/*"}]}';
const list = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": [\n';
const html = "<!doctype html><body><p>x</p>";

/** A page of about this many characters. */
type Hostile = (size: number) => string;

function repeated(unit: string, before = "", after = ""): Hostile {
  return (size) => before + unit.repeat(Math.ceil(size / unit.length)) + after;
}

function counted(unit: (number: number) => string, before = "", after = ""): Hostile {
  return (size) => {
    let text = before;
    for (let number = 0; text.length < size; number += 1) text += unit(number);
    return text + after;
  };
}

/** Pages that nobody would write, by what they are full of. */
export const hostilePages: { readonly [what: string]: Hostile } = {
  "titles that are not closed": repeated("<title>", html),
  "titles whose tags are not closed": repeated("<title ", html),
  "headings that are not closed": repeated("<h1>", html),
  "code blocks that are not closed": repeated("<pre>{", html),
  "scripts that are not closed": repeated("<script>", html),
  "tables that are not closed": repeated("<table><tr><td>", html),
  "comments that are not closed": repeated("<!--", html),
  "declarations that are not closed": repeated("<!a ", html),
  "a tag with nothing but blanks": repeated(" ", `${html}<a`),
  "links that are not closed": repeated('<link rel="canonical" ', html),
  "deep elements": (size) => html + "<div>".repeat(size / 11) + "</div>".repeat(size / 11),
  "deep JSON": repeated('{"a":[', "", ""),
  "deep policies": repeated('{"Version":{"Action":'),
  "policies that are cut off": repeated(
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"\n\nSome prose here.\n',
  ),
  "policies that go on": repeated('{"Id":\n\n'),
  "blocks with prose in them": repeated('{"a":[\nSome words here\nMore words here\nYet more words here\n'),
  "blocks beside each other": repeated('{"Id":1},'),
  "escaped JSON": repeated('{\\"Version\\": \\"2012-10-17\\",\\n'),
  "comments in a document": repeated("/* ", '{"Version": "2012-10-17",', "}"),
  "a line of [": repeated("[", "Replace BUCKET_NAME with yours. ", `\n${policy}`),
  "a line of {": repeated("{", "Replace BUCKET_NAME with yours. ", `\n${policy}`),
  "a line of <": repeated("<", "Replace BUCKET_NAME with yours. ", `\n${policy}`),
  "a line of quotes": repeated('"', "Replace BUCKET_NAME with yours. ", `\n${policy}`),
  "an address": repeated("docs/", "https://a/"),
  addresses: repeated("https://docs/"),
  "code blocks": repeated(`\`\`\`json\n${policy}\n\`\`\`\n\nReplace BUCKET_NAME with yours.\n\n`),
  "code blocks of HTML": repeated(`<pre>${policy}</pre><p>Some words.</p>`, html),
  "parts of policies": repeated('x "Effect":\n\n'),
  "short lines": repeated("a\n"),
  "words that are cut": repeated('"arn:aws:s3:::some-\nbucket-name",\n', list, '"a"]}]}'),
  placeholders: counted((number) => `"arn:aws:s3:::<buc ket-${number}>/*",\n`, list, '"a"]}]}'),
  accounts: counted((number) => `Trust the account ${210000000000 + 7 * number}. `, "", policy),
};
