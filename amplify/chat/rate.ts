import { MOST_RATE_MESSAGES, RATE_MESSAGES } from "../../core/domain/limits";

/** `PARLEY_RATE_MESSAGES`: refused here, before anything is deployed, and not in a cold start. */
export function rateMessagesOf(given: string | undefined): number {
  if (given === undefined || given === "") return RATE_MESSAGES;
  const messages = Number(given);
  if (Number.isInteger(messages) && messages >= 1 && messages <= MOST_RATE_MESSAGES) return messages;
  throw new Error(
    `unable to synthesize; PARLEY_RATE_MESSAGES is "${given}": give a whole number from 1 to ${MOST_RATE_MESSAGES}`,
  );
}
