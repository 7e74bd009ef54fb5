import assert from "node:assert/strict";
import { principalHover } from "../../../src/editor/hovers/principalHover";
import { catalog } from "../../../src/vendors/catalog";
import { knownPrincipal } from "../../../src/vendors/knownPrincipal";

const context = { vendors: catalog, ownAccount: "314159265358" };
const arn = (account: string, rest: string) => `arn:aws:iam::${account}:${rest}`;

const cases: readonly (readonly [what: string, type: string, name: string, expected: readonly RegExp[]])[] = [
  [
    "the vendor's role",
    "AWS",
    arn("597713067985", "role/activeloop_backend"),
    [/role\*\* `activeloop_backend`/, /account 597713067985/, /Activeloop Deep Lake uses it/, /https:\/\//],
  ],
  [
    "a retired role, also in another partition",
    "AWS",
    "arn:aws-cn:iam::574987031486:role/activeloop_backend",
    [/no longer uses it/, /v3\.1\.5/],
  ],
  [
    "another role of the vendor's account",
    "AWS",
    arn("597713067985", "role/else"),
    [/account is Activeloop Deep Lake’s/, /does not name this principal/],
  ],
  ["a vendor's account as its id", "AWS", "377488441568", [/whole account 377488441568/, /JFrog ML/]],
  ["the own account", "AWS", arn("314159265358", "user/team/anna"), [/user\*\* `anna`/, /Your own account/]],
  ["somebody else", "AWS", arn("271828182845", "role/path/name"), [/role\*\* `name`/, /No vendor of the catalog/]],
  ["a session", "AWS", "arn:aws:sts::271828182845:assumed-role/reader/s-1", [/One session.*s-1.*reader/s]],
  ["everyone", "*", "*", [/Everyone/]],
  ["everyone, the other way", "AWS", "*", [/Everyone/]],
  ["a deleted role", "AWS", "AROAEXAMPLEEXAMPLE12", [/role that no longer exists/, /never matches again/]],
  ["a deleted user", "AWS", "AIDAEXAMPLEEXAMPLE12", [/user that no longer exists/]],
  ["a service", "Service", "ec2.amazonaws.com", [/AWS service/]],
  ["an identity provider", "Federated", "accounts.google.com", [/identity provider/]],
];

describe("the hover of a principal", () => {
  for (const [what, type, name, expected] of cases) {
    it(`tells of ${what}`, () => {
      const text = principalHover(type, name, context) ?? "";
      for (const part of expected) assert.match(text, part);
    });
  }

  it("shows names as text, never as markup", () => {
    for (const kind of ["role", "user", "group", "assumed-role/![x](https://example.com/x.png)"]) {
      const text = principalHover("AWS", arn("271828182845", `${kind}/![x](https://example.com/x.png)`), context) ?? "";
      const outside = text.replace(/`[^`]*`/g, "");
      assert.doesNotMatch(outside, /(?<!\\)!\[/, text);
    }
  });

  it("says nothing of what is no principal", () => {
    for (const name of ["", "BUCKET", "arn:aws:s3:::bucket", "<account-id>"])
      assert.equal(principalHover("AWS", name, context), undefined, name);
  });
});

describe("knownPrincipal", () => {
  it("prefers the exact principal to its account, and a current page to an older one", () => {
    assert.equal(knownPrincipal(arn("574987031486", "role/activeloop_backend"), catalog)?.principal?.status, "retired");
    assert.equal(knownPrincipal("597713067985", catalog)?.source?.status, "current");
    assert.equal(knownPrincipal("271828182845", catalog), undefined);
  });

  it("is of the vendor that always comes as it, not of one that does for some of its customers", () => {
    // Fivetran's account, which those customers of Census trust who use Fivetran Activations.
    for (const name of [arn("834469178297", "root"), "834469178297"]) {
      assert.equal(knownPrincipal(name, catalog)?.vendor.id, "fivetran", name);
      assert.equal(knownPrincipal(name, [...catalog].reverse())?.vendor.id, "fivetran", `${name}, the other way round`);
    }
  });
});
