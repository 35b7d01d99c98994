/** What Cognito would mail. The code is in the text too; by itself it is for copying. */
export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly code: string;
  readonly at: number;
};

export interface Mailbox {
  /** Newest first. */
  list(): readonly Mail[];
  /** Calls back at each new mail; the answer ends that. */
  follow(onMail: (mail: Mail) => void): () => void;
}

/** Enough to find any code that still counts; older ones are of no use to anybody. */
const KEPT = 200;

export type Post = Mailbox & { deliver(mail: Mail): void };

/** `kept` is the list that is stored: it is changed in place. */
export const createMailbox = (kept: Mail[]): Post => {
  const followers = new Set<(mail: Mail) => void>();
  return {
    list: () => [...kept].reverse(),
    follow(onMail) {
      followers.add(onMail);
      return () => void followers.delete(onMail);
    },
    deliver(mail) {
      kept.push(mail);
      kept.splice(0, Math.max(0, kept.length - KEPT));
      for (const follower of followers) follower(mail);
    },
  };
};
