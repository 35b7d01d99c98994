/**
 * The other tabs of the same person in the same browser. One of them leads: it alone has a socket. Whoever asks for
 * the lead gets it when the one that has it gives it back, is closed or crashes.
 */
export interface Neighbours {
  /** `seize`: takes it from whoever has it, who is told that they lost it. Answers with how to give it back. */
  lead(events: LeadEvents, options: { readonly seize: boolean }): () => void;
  /** To all the others; those of one tab arrive in their order. */
  post(message: unknown): void;
  /** From the others, until the answer is called. */
  listen(onMessage: (message: unknown) => void): () => void;
}

export type LeadEvents = { readonly led: () => void; readonly lost: () => void };
