import { describe, expect, it } from "vitest";
import { cutAnswer } from "./asked-for";

const UNITS = '{"TableName":"Log","CapacityUnits":1.0}';
const units = { ConsumedCapacity: { TableName: "Log", CapacityUnits: 1 } };
const cut = (body: string, input = {}) => cutAnswer("Query", input, body);

describe("an answer whose units are cut out", () => {
  it.each([
    [`{"ConsumedCapacity":${UNITS}}`, "{}"],
    [`{"Items":[],"Count":0,"ConsumedCapacity":${UNITS}}`, '{"Items":[],"Count":0}'],
    [
      `{"Items":[{"ConsumedCapacity":{"S":"theirs"}}],"ConsumedCapacity":${UNITS}}`,
      '{"Items":[{"ConsumedCapacity":{"S":"theirs"}}]}',
    ],
    [
      `{"Items":[{"a":{"S":",\\"ConsumedCapacity\\":{}"}}],"ConsumedCapacity":${UNITS}}`,
      '{"Items":[{"a":{"S":",\\"ConsumedCapacity\\":{}"}}]}',
    ],
  ])("loses them and nothing else: %s", (body, rest) => {
    expect(cut(body)).toEqual({ body: rest, units });
  });

  it("has a list of them where a call reached over tables", () => {
    expect(cutAnswer("BatchGetItem", {}, `{"Responses":{},"ConsumedCapacity":[${UNITS}]}`)).toEqual({
      body: '{"Responses":{}}',
      units: { ConsumedCapacity: [units.ConsumedCapacity] },
    });
  });

  it.each([
    ["they do not stand last", `{"ConsumedCapacity":${UNITS},"Items":[]}`],
    ["the name is an attribute's", '{"Items":[{"seq":{"N":"1"},"ConsumedCapacity":{"S":"theirs"}}]}'],
    ["the name is an attribute's, at the end", '{"Item":{"ConsumedCapacity":{"S":"theirs"}}}'],
    ["the name stands in a text", '{"Item":{"a":{"S":",\\"ConsumedCapacity\\":{}"}}}'],
    ["there are none", '{"Items":[]}'],
  ])("is left to be read where %s", (_, body) => {
    expect(cut(body)).toBeUndefined();
  });

  it("keeps them where the function itself asked for them", () => {
    expect(
      cut(`{"Items":[],"ConsumedCapacity":${UNITS}}`, { ReturnConsumedCapacity: "TOTAL" }),
    ).toBeUndefined();
  });
});
