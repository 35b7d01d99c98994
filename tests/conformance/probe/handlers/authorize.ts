// Does as the header X-Pass says, whatever the case of its name: it stands for what a client may present.
//
//   allow            lets in, with a context
//   deny             an explicit Deny
//   big.<bytes>      lets in, with an answer that is so large
//   unauthorized     throws the one message that has a meaning
//   jwt.<token>      lets in whoever has an access token of the pool

import { CognitoJwtVerifier } from "aws-jwt-verify";
import { variable } from "./aws-call";
import type { SocketEvent } from "./events";
import { countNote } from "./notes";

const verifier = CognitoJwtVerifier.create({
  userPoolId: variable("POOL_ID"),
  tokenUse: "access",
  clientId: variable("CLIENT_IDS").split(","),
});

export async function handler(event: SocketEvent): Promise<unknown> {
  const [name, pass = ""] =
    Object.entries(event.headers ?? {}).find(([each]) => each.toLowerCase() === "x-pass") ?? [];
  const run = event.queryStringParameters?.["run"] ?? "none";
  await countNote(`${run}.authorized`);
  const [kind = "", rest = ""] = split(pass);
  const allow = (context: Readonly<Record<string, string | number | boolean>>) =>
    policy(event, "Allow", { run, passName: name ?? "", ...context });
  switch (kind) {
    case "allow":
      return allow({ colour: "red", number: 7, truth: true });
    case "big":
      return allow({ ballast: "x".repeat(Number(rest)) });
    case "jwt":
      return verifier.verify(rest).then(
        ({ sub, client_id, token_use }) => allow({ sub, client: client_id, use: token_use }),
        () => policy(event, "Deny", {}),
      );
    case "unauthorized":
      throw new Error("Unauthorized");
    default:
      return policy(event, "Deny", {});
  }
}

function split(pass: string): readonly string[] {
  const dot = pass.indexOf(".");
  return dot === -1 ? [pass] : [pass.slice(0, dot), pass.slice(dot + 1)];
}

const policy = (event: SocketEvent, effect: "Allow" | "Deny", context: object) => ({
  principalId: "probe",
  policyDocument: {
    Version: "2012-10-17",
    Statement: [{ Effect: effect, Action: "execute-api:Invoke", Resource: event.methodArn }],
  },
  context,
});
