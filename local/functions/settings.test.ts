import { describe, expect, it } from "vitest";
import { functionNameIn, readSettings } from "./settings";

const read = (properties: Record<string, unknown>, id = "chat1A2B/ChatFramesFunctionE36E4A64") =>
  readSettings(
    {
      id,
      type: "AWS::Lambda::Function",
      properties: { Runtime: "nodejs22.x", Handler: "index.handler", ...properties },
    },
    { region: "us-east-1", name: "parley-Frames", directory: "/bundle" },
  );

describe("a function of the template", () => {
  it("has Lambda's defaults where the template says nothing", () => {
    expect(read({})).toMatchObject({
      arn: "arn:aws:lambda:us-east-1:000000000000:function:parley-Frames",
      memoryMb: 128,
      timeoutMs: 3_000,
      environment: {},
      reservedConcurrency: undefined,
    });
  });

  it("has the template's settings, numbers as text included", () => {
    const settings = read({ MemorySize: "512", Timeout: 25, Environment: { Variables: { A: "1", B: 2 } } });
    expect(settings).toMatchObject({ memoryMb: 512, timeoutMs: 25_000, environment: { A: "1", B: "2" } });
  });

  it("logs under its readable name", () => {
    expect(read({}).shortName).toBe("ChatFrames");
    expect(read({}, "Function12345678").shortName).toBe("Function12345678");
  });

  it("is refused by name for a runtime or a handler that does not run here", () => {
    expect(() => read({ Runtime: "python3.13" })).toThrow(/ChatFramesFunctionE36E4A64.*python3\.13/);
    expect(() => read({ Handler: "index" })).toThrow(/"index" is not "file\.export"/);
  });

  it("is found by its ARN, with an alias too, and by an invocation URI", () => {
    const arn = "arn:aws:lambda:us-east-1:000000000000:function:parley-Frames";
    expect(functionNameIn(arn)).toBe("parley-Frames");
    expect(functionNameIn(`${arn}:live`)).toBe("parley-Frames");
    expect(
      functionNameIn(`arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`),
    ).toBe("parley-Frames");
    expect(functionNameIn("parley-Frames")).toBeUndefined();
  });
});
