import { readFileSync } from "node:fs";
import * as v from "valibot";
import { makePerson } from "./account";
import type { Person, Place } from "./place";

const outputs = v.object({
  ParleyProbe: v.object({
    MainUrl: v.string(),
    BareUrl: v.string(),
    PoolId: v.string(),
    HidingClientId: v.string(),
    TellingClientId: v.string(),
  }),
});

export async function deployedPlace(file: string, people: readonly Person[]): Promise<Place> {
  const { ParleyProbe: probe } = v.parse(outputs, JSON.parse(readFileSync(file, "utf8")));
  // "us-east-1_aBcDeFgHi"
  const region = probe.PoolId.slice(0, probe.PoolId.indexOf("_"));
  for (const person of people) await makePerson(region, probe.PoolId, person);
  return {
    region,
    mainUrl: probe.MainUrl,
    bareUrl: probe.BareUrl,
    poolUrl: `https://cognito-idp.${region}.amazonaws.com/`,
    poolId: probe.PoolId,
    hidingClientId: probe.HidingClientId,
    tellingClientId: probe.TellingClientId,
    people,
    control: undefined,
  };
}
