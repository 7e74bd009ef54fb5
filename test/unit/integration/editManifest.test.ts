import assert from "node:assert/strict";
import { setProperty } from "../../../src/integration/editManifest";

const cases: readonly { readonly name: string; readonly before: string; readonly after: string }[] = [
  {
    name: "two spaces",
    before: '{\n  "accessLevel": "read",\n  "role": {}\n}\n',
    after: '{\n  "accessLevel": "read",\n  "account": "314159265358",\n  "role": {}\n}\n',
  },
  {
    name: "tabs and Windows line ends",
    before: '{\r\n\t"accessLevel":\t"read",\r\n\t"role": {}\r\n}',
    after: '{\r\n\t"accessLevel":\t"read",\r\n\t"account":\t"314159265358",\r\n\t"role": {}\r\n}',
  },
  {
    name: "last in the object",
    before: '{\n    "accessLevel": "read"\n}',
    after: '{\n    "accessLevel": "read",\n    "account": "314159265358"\n}',
  },
  {
    name: "one line",
    before: '{"id": "a", "accessLevel": "read", "role": {}}',
    after: '{"id": "a", "accessLevel": "read", "account": "314159265358", "role": {}}',
  },
  {
    name: "the first of one line",
    before: '{"accessLevel": "read", "role": {}}',
    after: '{"accessLevel": "read", "account": "314159265358", "role": {}}',
  },
  {
    name: "no blanks at all",
    before: '{"id":"a","accessLevel":"read","role":{}}',
    after: '{"id":"a","accessLevel":"read","account":"314159265358","role":{}}',
  },
  {
    name: "a value that is there",
    before: '{\n  "account" : "",\n  "accessLevel": "read"\n}',
    after: '{\n  "account" : "314159265358",\n  "accessLevel": "read"\n}',
  },
  {
    name: "no property to follow",
    before: '{\n  "id": "a"\n}',
    after: '{\n  "id": "a",\n  "account": "314159265358"\n}',
  },
];

describe("setProperty", () => {
  for (const { name, before, after } of cases) {
    it(`keeps the formatting: ${name}`, () => {
      assert.equal(setProperty(before, "account", "314159265358", "accessLevel"), after);
    });
  }
});
