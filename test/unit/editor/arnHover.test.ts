import assert from "node:assert/strict";
import { type ArnContext, arnHover } from "../../../src/editor/hovers/arnHover";
import { manifestHoverAt } from "../../../src/editor/hovers/manifestHover";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import { catalog } from "../../../src/vendors/catalog";

/** `arn:aws:s3:::b|ucket`: the ARN with the position marked. */
const cases: readonly (readonly [marked: string, part: string, expected: RegExp])[] = [
  ["a|rn:aws:s3:::data/raw/*", "arn:aws:s3:::data/raw/*", /ARN.*`data\/raw\/\*`.*Amazon S3/],
  ["arn:a|ws:s3:::data", "aws", /Partition.*all over the world/],
  ["arn:aws-c|n:s3:::data", "aws-cn", /China/],
  ["arn:nonsen|se:s3:::data", "nonsense", /none that is publicly known/],
  ["arn:aws:s|3:::data", "s3", /Service.*Amazon S3/],
  ["arn:aws:nothi|ng:::data", "nothing", /none of AWS’s services/],
  ["arn:aws:s3:|::data", ":", /No region.*name is enough/],
  ["arn:aws:s3::|:data", ":", /No account.*unique/],
  ["arn:aws:kms:eu-we|st-1:1:key/a", "eu-west-1", /Region.*in the region of the bucket/],
  ["arn:aws:kms:*|:1:key/a", "*", /every region/],
  ["arn:aws:iam::59771|3067985:role/x", "597713067985", /Account.*Activeloop Deep Lake/s],
  ["arn:aws:iam::3141|59265358:role/x", "314159265358", /Your own account/],
  ["arn:aws:iam::12|34:role/x", "1234", /no account id/],
  [
    "arn:aws:s3:::training|-data",
    "training-data",
    /Bucket.*not its objects.*bucket of this integration.*eu-west-1.*key\/k/s,
  ],
  ["arn:aws:s3:::oth|er/*", "other", /does not name it/],
  ["arn:aws:s3:::go|ne/*", "gone", /no such bucket/],
  ["arn:aws:s3:::*|", "*", /Every bucket.*every object in them/],
  ["arn:aws:s3:::*|/*", "*", /Every bucket\*\*, also of other accounts that let you in\.$/],
  ["arn:aws:s3:::tr|ain*", "train*", /Every bucket that matches.*their objects match as well/],
  ["arn:aws:s3:::data/*|", "*", /\*\*Every object\*\* of the bucket `data`/],
  ["arn:aws:s3:::data/ra|w/*", "raw/*", /key begins with `raw\/`\.$/],
  ["arn:aws:s3:::data/ra|w*", "raw*", /begins with `raw`.*`raw-other\/file` is among them/],
  ["arn:aws:s3:::data/a/*|.csv", "a/*.csv", /key matches.*slashes too/],
  ["arn:aws:s3:::data/re|port.csv", "report.csv", /One object/],
  ["arn:aws:s3:::data/raw|/", "raw/", /One object.*takes `\*` at the end/],
  ["arn:aws:s3:::data/|", "", /No object/],
  ["arn:aws:kms:eu-west-1:1:key/mr|k-1", "key/mrk-1", /replicas/],
  ["arn:aws:kms:eu-west-1:1:ke|y/*", "key/*", /Every KMS key/],
  ["arn:aws:iam::1:ro|ot", "root", /The account/],
  ["arn:aws:sqs:eu-west-1:1:que|ue", "queue", /Resource/],
];

describe("the hover of an ARN", () => {
  let context: ArnContext;
  before(async () => {
    context = {
      reference: await loadServiceReference(),
      vendors: catalog,
      ownAccount: "314159265358",
      integrationBuckets: ["training-data"],
      buckets: [
        {
          name: "training-data",
          exists: true,
          region: "eu-west-1",
          kmsKeyArn: "arn:aws:kms:eu-west-1:314159265358:key/k",
        },
        { name: "gone", exists: false },
      ],
    };
  });

  for (const [marked, part, expected] of cases) {
    it(`explains ${marked}`, () => {
      const position = marked.indexOf("|");
      const arn = marked.replace("|", "");
      const hover = arnHover(arn, position, context);
      assert.match(hover?.markdown ?? "", expected);
      assert.equal(arn.slice(hover?.start).slice(0, hover?.length), part);
    });
  }

  it("says nothing of other texts", () => {
    for (const text of ["", "*", "data", "arn:aws:s3", "s3:GetObject"]) {
      assert.equal(arnHover(text, 0, context), undefined, text);
    }
  });

  it("tells in a manifest whose an account is, and what an ARN's parts are", () => {
    const text =
      '{"account": "314159265358", "parameters": {"kmsKeyArn": "arn:aws:kms:eu-west-1:1:key/k"}, "vendor": "x"}';
    const at = (place: string) => manifestHoverAt(text, text.indexOf(place) + 2, context)?.markdown ?? "";
    assert.match(at("314159265358"), /Your own account/);
    assert.match(at("key/k"), /KMS key/);
    assert.equal(at('"x"'), "");
  });
});
