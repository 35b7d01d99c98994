// As much of an AWS account as a deployment speaks to, on loopback. It lets everybody in, makes nothing, and keeps
// what it was given. With it the genuine `npx ampx` runs from its first line to its last.
//
//   STS              who the caller is, and any role that is asked for
//   Systems Manager  the CDK's bootstrap version, so that the account counts as bootstrapped
//   S3               takes the assets
//   CloudFormation   takes the stack, and says at once that it is made
//
// It is no proof that AWS would accept the template: only of what the tool chain would hand over.

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import * as answers from "./account-answers";

export type HandedOver = {
  readonly stackName: string;
  readonly template: unknown;
  readonly capabilities: readonly string[];
};

export type Account = {
  /** For the environment of whatever is to deploy here instead of to AWS. */
  readonly environment: Readonly<Record<string, string>>;
  /** Keys in the assets bucket. */
  readonly objects: ReadonlyMap<string, Buffer>;
  readonly stacks: readonly HandedOver[];
  /** Questions that nobody here can answer: a tool chain that begins to need more is to be seen. */
  readonly unanswered: readonly string[];
  close(): Promise<void>;
};

/** `outputsOf` says what the outputs of the stack are, now that it is made. */
export async function openAccount(
  outputsOf: (stack: HandedOver) => Record<string, string>,
): Promise<Account> {
  const objects = new Map<string, Buffer>();
  const stacks: HandedOver[] = [];
  const unanswered: string[] = [];

  const create = (form: URLSearchParams): answers.Answer => {
    const stackName = form.get("StackName") ?? "";
    const url = form.get("TemplateURL");
    const body = url === null ? form.get("TemplateBody") : objects.get(keyOf(new URL(url).pathname));
    stacks.push({
      stackName,
      template: JSON.parse(String(body)),
      capabilities: [...form].filter(([name]) => name.startsWith("Capabilities.")).map(([, value]) => value),
    });
    return answers.answerTo("CreateStack", { StackId: answers.stackIdOf(stackName) });
  };

  const onStack = (action: string, named: string): answers.Answer => {
    const stack = stacks.find(({ stackName }) => named === stackName || named.includes(`/${stackName}/`));
    if (!stack) return answers.noSuchStack(named);
    if (action === "DescribeStacks")
      return answers.answerTo(action, answers.madeStack(stack.stackName, outputsOf(stack)));
    if (action === "DescribeStackEvents") return answers.answerTo(action, { StackEvents: [] });
    if (action === "ListStackResources") return answers.answerTo(action, { StackResourceSummaries: [] });
    return answers.answerTo(action, { Metadata: JSON.stringify(metadataOf(stack.template)) });
  };

  const onForm = (form: URLSearchParams): answers.Answer | undefined => {
    const action = form.get("Action") ?? "";
    switch (action) {
      case "GetCallerIdentity":
        return answers.answerTo(action, answers.callerIdentity);
      case "AssumeRole":
        return answers.answerTo(action, answers.assumedRole(form.get("RoleArn") ?? ""));
      case "CreateStack":
        return create(form);
      case "DescribeStacks":
      case "DescribeStackEvents":
      case "ListStackResources":
      case "GetTemplateSummary":
        return onStack(action, form.get("StackName") ?? "");
      default:
        return undefined;
    }
  };

  const onBucket = (request: IncomingMessage, url: URL, body: Buffer): answers.Answer | undefined => {
    if (request.method !== "PUT") return answers.bucketAnswer(url.searchParams, [...objects.keys()]);
    objects.set(keyOf(url.pathname), body);
    return { status: 200, body: "" };
  };

  const answer = (request: IncomingMessage, body: Buffer): answers.Answer => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const target = request.headers["x-amz-target"];
    const known =
      url.pathname !== "/"
        ? onBucket(request, url, body)
        : typeof target === "string"
          ? answers.parameterAnswer(target)
          : onForm(new URLSearchParams(body.toString()));
    if (known) return known;
    unanswered.push(`${request.method ?? ""} ${url.pathname} ${String(target ?? body)}`.slice(0, 200));
    return { status: 400, body: "" };
  };

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { status, body } = answer(request, Buffer.concat(parts));
      response.writeHead(status).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    environment: environmentFor(server.address()),
    objects,
    stacks,
    unanswered,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** An address of digits, because S3 would put the bucket's name in front of any other. */
function environmentFor(address: AddressInfo | string | null): Readonly<Record<string, string>> {
  if (address === null || typeof address === "string")
    throw new Error("unable to open the stand-in account; it has no port");
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${address.port}`,
    AWS_REGION: answers.REGION,
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example",
    AWS_EC2_METADATA_DISABLED: "true",
    // Nothing of the machine's own profiles.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AMPLIFY_DISABLE_TELEMETRY: "1",
  };
}

const keyOf = (path: string): string => decodeURIComponent(path.split("/").slice(2).join("/"));

const metadataOf = (template: unknown): unknown =>
  typeof template === "object" && template !== null && "Metadata" in template ? template.Metadata : {};
