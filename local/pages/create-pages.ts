// The local cloud's own pages: what runs here, what the functions wrote, and the mail that would have been sent.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Surface } from "../resources";
import type { Front } from "./front-page";
import { sendFrontPage } from "./front-page";
import { addressOf, isThisMachine } from "./hosts";
import { sendLogsPage } from "./logs-page";
import type { Mails } from "./mail-page";
import { followMails, mailsTo, sendMailList, sendMailPage } from "./mail-page";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export const createPages = (options: {
  readonly front: () => Front;
  readonly mails: Mails;
  readonly logsDir: string;
}): Surface => {
  const { mails } = options;
  const asked = (request: IncomingMessage) => mailsTo(mails, addressOf(request).searchParams.get("to"));

  const answers: ReadonlyMap<string, Answer> = new Map<string, Answer>([
    ["/", (_request, response) => sendFrontPage(response, options.front())],
    ["/mail", (request, response) => sendMailPage(response, asked(request))],
    ["/mail/list", (request, response) => sendMailList(response, asked(request))],
    ["/mail/events", (request, response) => followMails(mails, request, response)],
    ["/logs", (_request, response) => sendLogsPage(response, options.logsDir)],
    [
      "/mail.json",
      (request, response) => {
        response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
        response.end(JSON.stringify(asked(request)));
      },
    ],
  ]);
  const answerFor = (request: IncomingMessage) => answers.get(addressOf(request).pathname);

  return {
    claims: (request) =>
      request.method === "GET" && isThisMachine(request) && answerFor(request) !== undefined,
    handle: (request, response) => answerFor(request)?.(request, response),
  };
};
