import type { Facts } from "../facts";
import type { Check, Finding } from "../finding";
import { ACCOUNT_CHECKS } from "./account";
import { FUNCTIONS } from "./functions";
import { PEOPLE } from "./people";
import { PROJECT } from "./project";
import { SOCKET } from "./socket";
import { STACKS } from "./stacks";
import { TOOLCHAIN } from "./toolchain";

export const CHECKS: readonly Check[] = [
  ...TOOLCHAIN,
  ...PROJECT,
  ...STACKS,
  ...SOCKET,
  ...FUNCTIONS,
  ...PEOPLE,
  ...ACCOUNT_CHECKS,
];

export const examine = (facts: Facts): readonly Finding[] =>
  CHECKS.map(({ name, see, judge }) => ({ ...judge(facts), check: name, see }));
