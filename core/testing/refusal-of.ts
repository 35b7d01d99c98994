import { Refusal, type RefusalCode } from "../domain/refusal";

/** The code with which it was refused. Anything else that is thrown goes on its way. */
export async function refusalOf(done: Promise<unknown>): Promise<RefusalCode | "not refused"> {
  try {
    await done;
    return "not refused";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
