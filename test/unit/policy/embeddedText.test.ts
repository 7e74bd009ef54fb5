import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits } from "../../../src/checks/applyFixes";
import { type EmbeddedPolicy, embeddedPolicies } from "../../../src/policy/embedded/embeddedPolicies";
import { innerOffset, outerEdit, outerRange } from "../../../src/policy/embedded/embeddedText";
import { parseJson } from "../../../src/policy/parseJson";

function only(text: string): EmbeddedPolicy {
  const policies = embeddedPolicies(parseJson(text));
  assert.equal(policies.length, 1, text);
  const [policy] = policies;
  assert.ok(policy);
  return policy;
}

const inTerraform = (policy: string) => JSON.stringify({ resource: { aws_iam_policy: { a: { policy } } } });
const inTemplate = (resource: unknown) =>
  JSON.stringify({
    Resources: {
      A: {
        Type: "AWS::IAM::ManagedPolicy",
        Properties: {
          PolicyDocument: { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: resource }] },
        },
      },
    },
  });
const statement = (resource: string) =>
  `{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "${resource}"}]}`;

/** Replaces `old` in the policy's own text, and gives the outer document. */
function replaced(text: string, old: string, newText: string): string | undefined {
  const embedded = only(text).textWith("named");
  const offset = embedded.text.indexOf(old);
  assert.ok(offset >= 0, `${old} is in ${embedded.text}`);
  const edit = outerEdit(embedded, { range: { offset, length: old.length }, newText });
  return edit && applyEdits(text, [edit]);
}

describe("the text of a policy in a template", () => {
  it("is that of the policy, with a stand-in for what is not known", () => {
    const cases: readonly (readonly [string, string, string])[] = [
      [inTemplate({ Ref: "A" }), '"{{A}}"', '"*"'],
      [inTemplate({ "Fn::GetAtt": ["A", "Arn"] }), '"{{A.Arn}}"', '"*"'],
      [inTemplate({ "Fn::Sub": "a/${B}/${!aws:username}" }), '"a/{{B}}/${aws:username}"', '"a/*/${aws:username}"'],
      [inTemplate({ "Fn::Join": ["", ["a", { Ref: "B" }, "c"]] }), '"a{{B}}c"', '"a*c"'],
      [inTemplate({ "Fn::Join": ["", ["a", { Ref: "AWS::Partition" }]] }), '"aaws"', '"aaws"'],
      [inTerraform(statement("a/${b.c}/$${aws:username}")), '"a/{{b.c}}/${aws:username}"', '"a/*/${aws:username}"'],
      [inTerraform(statement('${f("}", {a = "b"})}/c')), '"{{f a b}}/c"', '"*/c"'],
    ];
    for (const [text, named, anything] of cases) {
      assert.ok(only(text).textWith("named").text.includes(named), only(text).textWith("named").text);
      assert.ok(only(text).textWith("anything").text.includes(anything), only(text).textWith("anything").text);
    }
  });

  it("leads from each of its places to that in the template, and back", () => {
    const texts = [
      inTemplate({ "Fn::Sub": "a/${B}/c" }),
      inTemplate([{ "Fn::Join": ["", ["a", { Ref: "B" }, "c"]] }, { Ref: "D" }]),
      inTerraform(statement("a/${b.c}/$${aws:username}\\u00e9")),
    ];
    for (const text of texts) {
      const embedded = only(text).textWith("named");
      for (const { kind, inner, innerEnd, outer, outerEnd } of embedded.pieces) {
        assert.deepEqual(
          outerRange(embedded, { offset: inner, length: innerEnd - inner }),
          innerEnd === inner ? { offset: outerEnd, length: 0 } : { offset: outer, length: outerEnd - outer },
        );
        if (kind !== "same") continue;
        for (let offset = inner; offset < innerEnd; offset += 1) {
          const place = outerRange(embedded, { offset, length: 1 });
          assert.ok(place);
          assert.equal(text[place.offset], embedded.text[offset]);
          assert.equal(innerOffset(embedded, place.offset), offset);
        }
      }
    }
  });

  it("is any text that a string can hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Action: value, Resource: "*" }] });
        fc.pre(!/[$%]\{/.test(policy));
        const embedded = only(inTerraform(policy)).textWith("named");
        assert.equal(embedded.text, policy);
      }),
    );
  });
});

describe("an edit of a policy in a template", () => {
  it("is written as the outer document writes it", () => {
    const written = replaced(inTerraform(statement("a")), '"a"', '"${aws:username}\\n\\""');
    assert.ok(written?.includes('\\"$${aws:username}\\\\n\\\\\\"\\"'), written);
    const outer = JSON.parse(written ?? "");
    assert.equal(outer.resource.aws_iam_policy.a.policy, statement('$${aws:username}\\n\\"'));
    const substituted = replaced(inTemplate({ "Fn::Sub": "a/${B}/c" }), "/c", "/${aws:username}");
    assert.ok(substituted?.includes('{"Fn::Sub":"a/${B}/${!aws:username}"}'), substituted);
  });

  it("keeps the function around what changes, and what it fills in", () => {
    const substituted = replaced(inTemplate({ "Fn::Sub": "a/${B}/c" }), '"a/{{B}}/c"', '"x/{{B}}/c"');
    assert.ok(substituted?.includes('{"Fn::Sub":"x/${B}/c"}'), substituted);
  });

  it("is not made where it would put a stand-in for what is not known", () => {
    assert.equal(replaced(inTemplate({ "Fn::Sub": "a/${B}/c" }), "a/{{B}}/c", "{{B}}"), undefined);
    assert.equal(replaced(inTemplate({ Ref: "B" }), '"{{B}}"', '"a"'), undefined);
    assert.equal(replaced(inTerraform(statement("${b.c}")), "{{b.c}}", "a"), undefined);
  });

  it("removes what is not known with all that it is in", () => {
    assert.ok(replaced(inTemplate(["a", { Ref: "B" }]), ',"{{B}}"', "")?.includes('"Resource":["a"]'));
  });
});
