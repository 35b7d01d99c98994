// Takes one message out of the queue in which a followed stream's failures end.

import { callAws, variable } from "./aws-call";
import { answering, type ProxyAnswer, saidIn, type SocketEvent } from "./events";

export async function handler(event: SocketEvent): Promise<ProxyAnswer> {
  const { Messages } = await callQueue("ReceiveMessage", { MaxNumberOfMessages: 1, WaitTimeSeconds: 0 });
  const [message] = Messages ?? [];
  if (message !== undefined) await callQueue("DeleteMessage", { ReceiptHandle: message.ReceiptHandle });
  return answering(saidIn(event), { failure: message?.Body });
}

type Received = { readonly Messages?: readonly { readonly Body: string; readonly ReceiptHandle: string }[] };

async function callQueue(action: string, input: object): Promise<Received> {
  const { status, text } = await callAws({
    service: "sqs",
    host: `sqs.${variable("AWS_REGION")}.amazonaws.com`,
    path: "/",
    method: "POST",
    headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `AmazonSQS.${action}` },
    body: JSON.stringify({ QueueUrl: variable("FAILURES_URL"), ...input }),
  });
  if (status !== 200) throw new Error(`unable to read the queue; SQS answers ${status}: ${text}`);
  return text === "" ? {} : JSON.parse(text);
}
