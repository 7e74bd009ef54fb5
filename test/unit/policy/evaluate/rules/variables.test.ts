import { iam } from "./pages";
import { alice, anonymous, bob, bucket, developer, own } from "./requesters";
import { prove } from "./rule";

const page = iam("reference_policies_variables");
const home = { Sid: "Home", Effect: "Allow", Action: "s3:*", Resource: `${bucket}/home/\${aws:username}/*` };
const team = { Sid: "Team", Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::team-${aws:PrincipalTag/team}/*" };

prove("Policy variables", [
  {
    rule: "A variable in a resource stands for the key’s value in the request",
    page,
    given: { on: `${bucket}/home/alice/a.txt`, identity: [home] },
    cases: [
      ["the user’s own folder", { by: alice }, "Allowed"],
      ["another user", { by: bob }, { result: "ImplicitlyDenied", mismatch: { Home: "Resource" } }],
      ["the other user’s folder", { by: bob, on: `${bucket}/home/bob/a.txt` }, "Allowed"],
      [
        "a folder of the variable’s name",
        { by: alice, on: `${bucket}/home/\${aws:username}/a.txt` },
        "ImplicitlyDenied",
      ],
      [
        "in whatever case the key is written",
        { by: alice, identity: [{ ...home, Resource: `${bucket}/home/\${AWS:UserName}/*` }] },
        "Allowed",
      ],
      [
        "twice in a resource",
        {
          by: alice,
          on: `${bucket}/alice/alice`,
          identity: [{ ...home, Resource: `${bucket}/\${aws:username}/\${aws:username}` }],
        },
        "Allowed",
      ],
      [
        "twice in a resource, with two values",
        {
          by: alice,
          on: `${bucket}/alice/bob`,
          identity: [{ ...home, Resource: `${bucket}/\${aws:username}/\${aws:username}` }],
        },
        "ImplicitlyDenied",
      ],
      [
        "beside a wildcard",
        {
          by: alice,
          on: "arn:aws:sqs:us-east-2:111122223333:alice-queue",
          does: "sqs:SendMessage",
          identity: [{ ...home, Action: "sqs:*", Resource: "arn:aws:sqs:us-east-2:*:${aws:username}-queue" }],
        },
        "Allowed",
      ],
      [
        "beside a wildcard, another user",
        {
          by: bob,
          on: "arn:aws:sqs:us-east-2:111122223333:alice-queue",
          does: "sqs:SendMessage",
          identity: [{ ...home, Action: "sqs:*", Resource: "arn:aws:sqs:us-east-2:*:${aws:username}-queue" }],
        },
        "ImplicitlyDenied",
      ],
      [
        "a user’s own access keys",
        {
          by: alice,
          does: "iam:CreateAccessKey",
          on: `arn:aws:iam::${own}:user/alice`,
          identity: [
            { Effect: "Allow", Action: "iam:*AccessKey*", Resource: `arn:aws:iam::${own}:user/\${aws:username}` },
          ],
        },
        "Allowed",
      ],
      [
        "another user’s access keys",
        {
          by: bob,
          does: "iam:CreateAccessKey",
          on: `arn:aws:iam::${own}:user/alice`,
          identity: [
            { Effect: "Allow", Action: "iam:*AccessKey*", Resource: `arn:aws:iam::${own}:user/\${aws:username}` },
          ],
        },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "A tag may be a variable",
    page,
    given: { identity: [team], on: "arn:aws:s3:::team-blue/plan.txt" },
    cases: [
      ["the tag’s value", { with: { "aws:PrincipalTag/team": "blue" } }, "Allowed"],
      ["another value", { with: { "aws:PrincipalTag/team": "red" } }, "ImplicitlyDenied"],
      ["the tag’s key in another case", { with: { "aws:principaltag/Team": "blue" } }, "Allowed"],
      ["the value in another case", { with: { "aws:PrincipalTag/team": "Blue" } }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "A resource with a variable that has no value matches no resource",
    page: `${page}#policy-vars-no-value`,
    cases: [
      [
        "a role has no user name",
        { by: developer, identity: [home], on: `${bucket}/home/developer/a` },
        { result: "ImplicitlyDenied", mismatch: { Home: "Resource" } },
      ],
      [
        "and not a folder without a name",
        { by: developer, identity: [home], on: `${bucket}/home//a` },
        "ImplicitlyDenied",
      ],
      [
        "and not the variable’s text",
        { by: developer, identity: [home], on: `${bucket}/home/\${aws:username}/a` },
        "ImplicitlyDenied",
      ],
      ["no tag", { identity: [team], on: "arn:aws:s3:::team-/plan.txt" }, "ImplicitlyDenied"],
      [
        "NotResource then excepts nothing",
        {
          identities: [
            [{ Effect: "Allow", Action: "*", Resource: "*" }],
            [{ Effect: "Deny", Action: "s3:*", NotResource: "arn:aws:s3:::team-${aws:PrincipalTag/team}/*" }],
          ],
          on: "arn:aws:s3:::team-blue/plan.txt",
        },
        "ExplicitlyDenied",
      ],
      [
        "NotResource excepts what has a value",
        {
          identities: [
            [{ Effect: "Allow", Action: "*", Resource: "*" }],
            [{ Effect: "Deny", Action: "s3:*", NotResource: "arn:aws:s3:::team-${aws:PrincipalTag/team}/*" }],
          ],
          on: "arn:aws:s3:::team-blue/plan.txt",
          with: { "aws:PrincipalTag/team": "blue" },
        },
        "Allowed",
      ],
      [
        "another resource in the list still matches",
        {
          by: developer,
          identity: [{ ...home, Resource: [home.Resource, `${bucket}/shared/*`] }],
          on: `${bucket}/shared/a`,
        },
        "Allowed",
      ],
      [
        "who has no signature has no user name",
        { by: anonymous, resource: [{ ...home, Principal: "*" }], on: `${bucket}/home//a` },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "A variable may have a default",
    page: `${page}#policy-vars-default-values`,
    given: { identity: [{ ...team, Resource: "arn:aws:s3:::team-${aws:PrincipalTag/team, 'company-wide'}/*" }] },
    cases: [
      [
        "with the tag, its bucket",
        { with: { "aws:PrincipalTag/team": "yellow" }, on: "arn:aws:s3:::team-yellow/a" },
        "Allowed",
      ],
      [
        "with the tag, not the default’s",
        { with: { "aws:PrincipalTag/team": "yellow" }, on: "arn:aws:s3:::team-company-wide/a" },
        "ImplicitlyDenied",
      ],
      ["without the tag, the default’s", { on: "arn:aws:s3:::team-company-wide/a" }, "Allowed"],
      ["without the tag, no other", { on: "arn:aws:s3:::team-yellow/a" }, "ImplicitlyDenied"],
      [
        "without the tag, not the variable’s text",
        { on: "arn:aws:s3:::team-${aws:PrincipalTag/team, 'company-wide'}/a" },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "Only version 2012-10-17 has variables; before, they are the text that they are",
    page: iam("reference_policies_elements_version"),
    given: { on: `${bucket}/home/alice/a.txt` },
    cases: [
      ["2012-10-17", { identity: JSON.stringify({ Version: "2012-10-17", Statement: [home] }) }, "Allowed"],
      ["2008-10-17", { identity: JSON.stringify({ Version: "2008-10-17", Statement: [home] }) }, "ImplicitlyDenied"],
      ["no version", { identity: JSON.stringify({ Statement: [home] }) }, "ImplicitlyDenied"],
      [
        "2008-10-17, a folder of the variable’s name",
        {
          identity: JSON.stringify({ Version: "2008-10-17", Statement: [home] }),
          on: `${bucket}/home/\${aws:username}/a`,
        },
        "Allowed",
      ],
      [
        "2008-10-17, in a condition",
        {
          identity: JSON.stringify({
            Version: "2008-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: "*",
                Resource: "*",
                Condition: { StringEquals: { "s3:prefix": "${aws:username}" } },
              },
            ],
          }),
          with: { "s3:prefix": "alice" },
        },
        "ImplicitlyDenied",
      ],
      [
        "2008-10-17, all else as ever",
        { identity: JSON.stringify({ Version: "2008-10-17", Statement: [{ ...home, Resource: `${bucket}/home/*` }] }) },
        "Allowed",
      ],
    ],
  },
  {
    rule: "No variables in actions",
    page: `${page}#policy-vars-wheretouse`,
    cases: [
      [
        "an action",
        {
          identity: [{ Effect: "Allow", Action: "s3:${aws:PrincipalTag/action}", Resource: "*" }],
          with: { "aws:PrincipalTag/action": "GetObject" },
        },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "No variables before the fifth colon of an ARN",
    page: `${page}#policy-vars-resourceelement`,
    cases: [
      [
        "an account",
        {
          does: "sqs:SendMessage",
          on: "arn:aws:sqs:us-east-2:111122223333:q",
          identity: [{ Effect: "Allow", Action: "sqs:*", Resource: "arn:aws:sqs:us-east-2:${aws:PrincipalAccount}:q" }],
        },
        "ImplicitlyDenied",
      ],
    ],
  },
]);
