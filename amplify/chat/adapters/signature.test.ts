import aws4 from "aws4";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signer } from "./signature";

const AT = new Date("2026-11-21T23:59:58.123Z");

const text = fc.string({ unit: "grapheme", maxLength: 40 });
const visible = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);

const identities = fc.record(
  {
    region: fc.constantFrom("us-east-1", "eu-central-1"),
    accessKeyId: fc.stringMatching(/^[A-Z0-9]{16,20}$/),
    secretAccessKey: fc.stringMatching(/^[A-Za-z0-9/+]{40}$/),
    sessionToken: fc.stringMatching(/^[A-Za-z0-9/+=]{1,200}$/),
  },
  { requiredKeys: ["region", "accessKeyId", "secretAccessKey"] },
);

const posts = fc.record({
  service: fc.constantFrom("dynamodb", "execute-api"),
  host: fc.domain(),
  path: fc.oneof(
    fc.constant("/"),
    fc
      .array(
        visible.filter((part) => !/^\.+$/.test(part) && part !== ""),
        { minLength: 1, maxLength: 3 },
      )
      .map((parts) => `/${parts.map(encodeURIComponent).join("/")}`),
  ),
  headers: fc.record({ "Content-Type": fc.constant("application/json") }, { requiredKeys: ["Content-Type"] }),
  body: text.filter((body) => body !== ""),
});

describe("a signature", () => {
  it("is the one that a signer for every kind of request makes", () => {
    fc.assert(
      fc.property(identities, posts, (identity, { headers, ...post }) => {
        const ours = signer(identity)({ ...post, headers }, AT);

        const request = {
          ...post,
          method: "POST",
          region: identity.region,
          headers: { ...headers, Host: post.host, "X-Amz-Date": "20261121T235958Z" },
        };
        const theirs = aws4.sign(request, identity).headers ?? {};
        const part = (headersOf: object, name: "Credential" | "Signature") =>
          Object.entries(headersOf)
            .find(([key]) => key === "Authorization")?.[1]
            .match(new RegExp(`${name}=([^,]+)`))[1];
        expect(part(ours, "Credential")).toBe(part(theirs, "Credential"));
        expect(part(ours, "Signature")).toBe(part(theirs, "Signature"));
      }),
      { numRuns: 300 },
    );
  });
});
