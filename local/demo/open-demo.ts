// Opens the demo's page once, as a browser would: what Ada and Grace say to each other is then there for the first
// person who looks.

import { get } from "node:http";
import { LOOPBACK } from "../server";

export function openDemo(address: string): Promise<void> {
  const { host, port, pathname } = new URL(address);
  return new Promise((opened, failed) => {
    const reject = (reason: string) =>
      failed(new Error(`unable to prepare the demo's conversation; ${reason}: open ${address} to try again`));
    // Not every system finds the names below localhost.
    get({ host: LOOPBACK, port, path: pathname, headers: { host } }, (answer) => {
      answer.resume();
      answer.on("end", () => {
        if (answer.statusCode === 200) opened();
        else reject(`the page answered ${String(answer.statusCode)}`);
      });
    }).on("error", ({ message }) => reject(message));
  });
}
