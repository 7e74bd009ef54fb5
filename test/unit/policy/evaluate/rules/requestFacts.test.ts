import { iam } from "./pages";
import { alice, developer, object, own, rootUser } from "./requesters";
import { prove } from "./rule";

prove("What a request tells", [
  {
    rule: "What a request tells of its principal",
    page: `${iam("reference_policies_variables")}#principaltable`,
    cases: [
      ["a user’s name", { by: alice, identity: when({ "aws:username": "alice" }) }, "Allowed"],
      ["a user’s id", { by: alice, identity: when({ "aws:userid": "AIDAALICE" }) }, "Allowed"],
      ["a user’s type", { by: alice, identity: when({ "aws:PrincipalType": "User" }) }, "Allowed"],
      ["a user’s account", { by: alice, identity: when({ "aws:PrincipalAccount": own }) }, "Allowed"],
      [
        "a user’s ARN",
        { by: alice, identity: when({ "aws:PrincipalArn": `arn:aws:iam::${own}:user/alice` }) },
        "Allowed",
      ],
      [
        "a session’s ARN is its role’s",
        { by: developer, identity: when({ "aws:PrincipalArn": `arn:aws:iam::${own}:role/developer` }) },
        "Allowed",
      ],
      [
        "a session’s ARN is not its own",
        { by: developer, identity: when({ "aws:PrincipalArn": `arn:aws:sts::${own}:assumed-role/developer/monday` }) },
        "ImplicitlyDenied",
      ],
      [
        "a session’s id is its role’s and its name",
        { by: developer, identity: when({ "aws:userid": "AROADEVELOPER:monday" }) },
        "Allowed",
      ],
      ["a session’s type", { by: developer, identity: when({ "aws:PrincipalType": "AssumedRole" }) }, "Allowed"],
      [
        "the root user’s type",
        {
          by: rootUser,
          resource: [
            {
              Effect: "Deny",
              Principal: "*",
              Action: "*",
              Resource: "*",
              Condition: { StringEquals: { "aws:PrincipalType": "Account" } },
            },
          ],
        },
        "ExplicitlyDenied",
      ],
      [
        "the root user’s id",
        {
          by: rootUser,
          resource: [
            {
              Effect: "Deny",
              Principal: "*",
              Action: "*",
              Resource: "*",
              Condition: { StringEquals: { "aws:userid": own } },
            },
          ],
        },
        "ExplicitlyDenied",
      ],
      [
        "the root user’s ARN",
        {
          by: rootUser,
          resource: [
            {
              Effect: "Deny",
              Principal: "*",
              Action: "*",
              Resource: "*",
              Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${own}:root` } },
            },
          ],
        },
        "ExplicitlyDenied",
      ],
      [
        "a principal is no service",
        {
          by: alice,
          identity: [
            {
              Effect: "Allow",
              Action: "*",
              Resource: "*",
              Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } },
            },
          ],
        },
        "Allowed",
      ],
      ["the resource’s account", { by: alice, on: object, identity: when({ "aws:ResourceAccount": own }) }, "Allowed"],
      [
        "what the request says itself goes first",
        { by: alice, identity: when({ "aws:username": "eve" }), with: { "aws:UserName": "eve" } },
        "Allowed",
      ],
    ],
  },
]);

function when(StringEquals: { readonly [key: string]: string }) {
  return [{ Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals } }];
}
