import * as v from "valibot";
import { composeAdmission } from "../adapters/admission";
import { entryPoint } from "../adapters/entry-point";
import { authorizeEvent } from "./events";

const admit = composeAdmission();

/** Only at `$connect`, and not cached. What it throws becomes a 500 for whoever asked. */
export const handler = entryPoint("authorize", async (event) => {
  const answer = await admit(v.parse(authorizeEvent, event));
  return {
    answer,
    fields: { user: answer.context?.user, effect: answer.policyDocument.Statement[0].Effect },
  };
});
