// What the cloud's process tells the one that started it, once it answers: a file that is there exactly while the
// cloud is up. It holds a token of the terminal's demo person and that of the control surface, so only this user may read it.

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

export type Announcement = {
  readonly pid: number;
  readonly demoAddress: string;
  /** The same at `localhost`, for browsers that resolve no name below it. */
  readonly plainDemoAddress: string;
  readonly mailAddress: string;
  readonly frontPage: string;
  /** Of the control surface: local/control/create-control.ts. */
  readonly controlToken: string;
  /** Lines to show for the terminal, ready to paste. */
  readonly terminal: readonly string[];
};

export function announce(file: string, announcement: Announcement): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(announcement)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export const withdraw = (file: string): void => rmSync(file, { force: true });

export function readAnnouncement(file: string): Announcement | undefined {
  try {
    // Written above, by this very version of the code.
    return JSON.parse(readFileSync(file, "utf8")) as Announcement;
  } catch {
    return undefined;
  }
}
