import { iam } from "./pages";
import { proveConditions } from "./tables";

const page = iam("reference_policies_elements_condition_operators");
const from = (value: string) => ({ "aws:SourceIp": value });

proveConditions("Conditions: IP addresses", `${page}#Conditions_IPAddress`, [
  ["IpAddress, in the range", { IpAddress: from("203.0.113.0/24") }, from("203.0.113.77"), true],
  ["IpAddress, the first", { IpAddress: from("203.0.113.0/24") }, from("203.0.113.0"), true],
  ["IpAddress, the last", { IpAddress: from("203.0.113.0/24") }, from("203.0.113.255"), true],
  ["IpAddress, one after", { IpAddress: from("203.0.113.0/24") }, from("203.0.114.0"), false],
  ["IpAddress, one before", { IpAddress: from("203.0.113.0/24") }, from("203.0.112.255"), false],
  ["IpAddress, no prefix is one address", { IpAddress: from("203.0.113.7") }, from("203.0.113.7"), true],
  ["IpAddress, no prefix, its neighbour", { IpAddress: from("203.0.113.7") }, from("203.0.113.8"), false],
  ["IpAddress, no prefix, no beginning of a text", { IpAddress: from("203.0.113.7") }, from("203.0.113.77"), false],
  ["IpAddress, /32", { IpAddress: from("203.0.113.7/32") }, from("203.0.113.7"), true],
  ["IpAddress, /25, the last", { IpAddress: from("203.0.113.0/25") }, from("203.0.113.127"), true],
  ["IpAddress, /25, one after", { IpAddress: from("203.0.113.0/25") }, from("203.0.113.128"), false],
  ["IpAddress, /31", { IpAddress: from("203.0.113.6/31") }, from("203.0.113.7"), true],
  ["IpAddress, /20 of 128 and more", { IpAddress: from("198.51.240.0/20") }, from("198.51.255.1"), true],
  ["IpAddress, /8", { IpAddress: from("10.0.0.0/8") }, from("10.255.1.2"), true],
  ["IpAddress, all", { IpAddress: from("0.0.0.0/0") }, from("203.0.113.7"), true],
  [
    "IpAddress, one of several",
    { IpAddress: { "aws:SourceIp": ["192.0.2.0/24", "203.0.113.0/24"] } },
    from("203.0.113.7"),
    true,
  ],
  [
    "IpAddress, none of several",
    { IpAddress: { "aws:SourceIp": ["192.0.2.0/24", "203.0.113.0/24"] } },
    from("198.51.100.1"),
    false,
  ],
  ["IpAddress, no key, as through a VPC endpoint", { IpAddress: from("0.0.0.0/0") }, {}, false],
  ["IpAddress, no wildcards", { IpAddress: from("203.0.113.*") }, from("203.0.113.7"), false],
  ["IpAddress, no address", { IpAddress: from("office") }, from("203.0.113.7"), false],
  ["IpAddress, a prefix too long", { IpAddress: from("203.0.113.0/33") }, from("203.0.113.0"), false],
  ["NotIpAddress, in the range", { NotIpAddress: from("203.0.113.0/24") }, from("203.0.113.7"), false],
  ["NotIpAddress, elsewhere", { NotIpAddress: from("203.0.113.0/24") }, from("198.51.100.1"), true],
  ["NotIpAddress, no key", { NotIpAddress: from("203.0.113.0/24") }, {}, true],
  [
    "NotIpAddress, one of several",
    { NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24", "203.0.113.0/24"] } },
    from("203.0.113.7"),
    false,
  ],
  ["IPv6, in the range", { IpAddress: from("2001:DB8:1234:5678::/64") }, from("2001:db8:1234:5678:9abc::1"), true],
  ["IPv6, beside the range", { IpAddress: from("2001:DB8:1234:5678::/64") }, from("2001:db8:1234:5679::1"), false],
  ["IPv6, written in full", { IpAddress: from("2001:db8::1") }, from("2001:0db8:0000:0000:0000:0000:0000:0001"), true],
  ["IPv6, a prefix within a group", { IpAddress: from("2001:db8:8000::/33") }, from("2001:db8:ffff::1"), true],
  [
    "IPv6, a prefix within a group, beside it",
    { IpAddress: from("2001:db8:8000::/33") },
    from("2001:db8:7fff::1"),
    false,
  ],
  ["IPv6, all", { IpAddress: from("::/0") }, from("2001:db8::1"), true],
  ["an IPv6 address in an IPv4 range", { IpAddress: from("0.0.0.0/0") }, from("2001:db8::1"), false],
  ["an IPv4 address in an IPv6 range", { IpAddress: from("2001:db8::/32") }, from("203.0.113.7"), false],
  ["an IPv6 address is not in an IPv4 range", { NotIpAddress: from("203.0.113.0/24") }, from("2001:db8::1"), true],
  [
    "both kinds in a list, IPv6",
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"] } },
    from("2001:DB8:1234:5678::1"),
    true,
  ],
  [
    "both kinds in a list, IPv4",
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"] } },
    from("203.0.113.9"),
    true,
  ],
]);

const source = (value: string) => ({ "aws:SourceArn": value });
const topic = "arn:aws:sns:us-east-2:111122223333:alarms";
const finance = "arn:aws:someservice:*:111122223333:finance/*";
const trap = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";

proveConditions("Conditions: ARNs", `${page}#Conditions_ARN`, [
  ["ArnEquals, the same", { ArnEquals: source(topic) }, source(topic), true],
  ["ArnLike, the same", { ArnLike: source(topic) }, source(topic), true],
  ["ArnEquals, another", { ArnEquals: source(topic) }, source(`${topic}2`), false],
  [
    "ArnEquals takes wildcards as ArnLike does",
    { ArnEquals: source("arn:aws:sns:*:111122223333:al*") },
    source(topic),
    true,
  ],
  ["ArnLike, a wildcard for the region", { ArnLike: source("arn:aws:sns:*:111122223333:alarms") }, source(topic), true],
  ["ArnLike, a wildcard for the account", { ArnLike: source("arn:aws:sns:us-east-2:*:alarms") }, source(topic), true],
  [
    "ArnLike, a wildcard for the partition",
    { ArnLike: source("arn:*:sns:us-east-2:111122223333:alarms") },
    source(topic),
    true,
  ],
  ["ArnLike, wildcards for all", { ArnLike: source("arn:*:*:*:*:*") }, source(topic), true],
  ["ArnLike, part of a segment", { ArnLike: source("arn:aws:sns:us-*-2:1111*:al?rms") }, source(topic), true],
  [
    "ArnLike, a question mark not for two",
    { ArnLike: source("arn:aws:sns:us-east-2:111122223333:al?ms") },
    source(topic),
    false,
  ],
  ["ArnLike, another case", { ArnLike: source("arn:aws:sns:us-east-2:111122223333:Alarms") }, source(topic), false],
  ["ArnLike, an empty segment", { ArnLike: source("arn:aws:s3:::*") }, source("arn:aws:s3:::example-bucket"), true],
  ["ArnLike, an empty segment is not any", { ArnLike: source("arn:aws:sns:::alarms") }, source(topic), false],
  [
    "ArnLike, a path in a role’s name",
    { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:user/*" } },
    { "aws:PrincipalArn": "arn:aws:iam::111122223333:user/team/alice" },
    true,
  ],
  ["ArnLike, the documentation’s trap", { ArnLike: source(finance) }, source(trap), false],
  ["StringLike falls into it", { StringLike: source(finance) }, source(trap), true],
  [
    "ArnLike, colons in the last segment",
    { ArnLike: source("arn:aws:logs:*:*:log-group:*") },
    source("arn:aws:logs:us-east-2:1:log-group:/aws/x:stream"),
    true,
  ],
  ["ArnLike, what is no ARN", { ArnLike: source(topic) }, source("alarms"), false],
  [
    "ArnLike, one of several",
    { ArnLike: { "aws:SourceArn": ["arn:aws:s3:::*", "arn:aws:sns:*:*:*"] } },
    source(topic),
    true,
  ],
  ["ArnLike, no key", { ArnLike: source("arn:*:*:*:*:*") }, {}, false],
  ["ArnNotEquals, the same", { ArnNotEquals: source(topic) }, source(topic), false],
  ["ArnNotEquals, another", { ArnNotEquals: source(topic) }, source(`${topic}2`), true],
  [
    "ArnNotEquals takes wildcards as ArnNotLike does",
    { ArnNotEquals: source("arn:aws:sns:*:*:*") },
    source(topic),
    false,
  ],
  ["ArnNotLike, a match", { ArnNotLike: source("arn:aws:sns:*:*:*") }, source(topic), false],
  ["ArnNotLike, no match", { ArnNotLike: source("arn:aws:s3:::*") }, source(topic), true],
  [
    "ArnNotLike, one of several",
    { ArnNotLike: { "aws:SourceArn": ["arn:aws:s3:::*", "arn:aws:sns:*:*:*"] } },
    source(topic),
    false,
  ],
  ["ArnNotLike, no key", { ArnNotLike: source("arn:aws:s3:::*") }, {}, true],
]);
