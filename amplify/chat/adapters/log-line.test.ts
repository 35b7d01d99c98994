import { describe, expect, it } from "vitest";
import * as v from "valibot";
import { AwsError } from "./aws-error";
import { errorFields } from "./log-line";
import { Failed } from "./retries";

describe("what is told of an error", () => {
  it("is AWS's name and message, through the retries", () => {
    const cause = new AwsError("AccessDeniedException", "not authorized to perform: dynamodb:PutItem", 400);

    expect(errorFields(new Failed(cause, 1))).toMatchObject({
      error: "AccessDeniedException",
      message: "not authorized to perform: dynamodb:PutItem",
    });
  });

  it("is never what somebody wrote", () => {
    const secret = "meet me at nine";
    const errors = [
      () => v.parse(v.object({ text: v.literal("x") }), { text: secret }),
      () => JSON.parse(secret),
      () => {
        throw new TypeError(`cannot do ${secret}\n    more of ${secret}`);
      },
    ].map((broken) => {
      try {
        return broken();
      } catch (error) {
        return error;
      }
    });

    for (const error of errors) {
      const told = JSON.stringify(errorFields(error));
      expect(told).not.toContain("nine");
      expect(told).toContain("log-line.test.ts");
    }
  });

  it("is the type of what should never have been thrown", () => {
    expect(errorFields("a text")).toEqual({ error: "string" });
  });
});
