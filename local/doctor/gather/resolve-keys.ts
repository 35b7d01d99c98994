// Turns credentials that are kept elsewhere into keys: those of a sign-in, of a role, of a process, of the machine.
// AWS's own library does it, which `npx ampx` asks too: what gives no keys here, gives none for a deployment.
//
// The library reads the environment of this process. As the AWS CLI does, it renews a session that can be renewed.

import type { AccountAnswer } from "../facts";
import type { Credentials, Keys } from "./credentials";

type Elsewhere = Extract<Credentials, { are: "elsewhere" }>;
export type Resolution =
  { readonly is: "keys"; readonly keys: Keys } | Extract<AccountAnswer, { is: "unreachable" | "unresolved" }>;

/** A process may have to unlock something first. */
const PATIENCE_MS = 10_000;
const NO_WAY_TO_AWS =
  /\b(ENOTFOUND|EAI_AGAIN|ECONN[A-Z]+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError|AggregateError)\b/;
/** How the library says that a session has ended, and how AWS does. */
const NO_SESSION = /aws (sso )?login|re-?authenticate|Failed to load token|UnauthorizedException/i;
const PROCESS_FAILED = "Command failed:";

export async function resolveKeys(elsewhere: Elsewhere, patienceMs = PATIENCE_MS): Promise<Resolution> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Resolution>((resolve) => {
    const says = `no keys for ${elsewhere.from} within ${patienceMs / 1_000} s`;
    timer = setTimeout(() => resolve({ is: "unreachable", says }), patienceMs);
  });
  const keys = keysFor(elsewhere).catch((error: unknown) => whyNot(elsewhere, error));
  return Promise.race([keys, late]).finally(() => clearTimeout(timer));
}

/** The library is loaded for those only who need it: the doctor stays quick for all others. */
async function keysFor({ profile, region }: Elsewhere): Promise<Resolution> {
  const { fromIni, fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
  const where = region === undefined ? {} : { parentClientConfig: { region } };
  const found = await (
    profile === undefined ? fromNodeProviderChain(where) : fromIni({ profile, ...where })
  )();
  const { accessKeyId, secretAccessKey, sessionToken } = found;
  return {
    is: "keys",
    keys: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
  };
}

function whyNot({ from, profile, signIn }: Elsewhere, error: unknown): Resolution {
  const words = String(error);
  const isProcess = words.includes(PROCESS_FAILED);
  if (!isProcess && NO_WAY_TO_AWS.test(`${words} ${codeOf(error)}`))
    return { is: "unreachable", says: reasonIn(error) };
  const again = profile === undefined ? "" : ` --profile ${profile}`;
  if (!isProcess && signIn !== undefined && NO_SESSION.test(words)) {
    const ended = /expired|cannot refresh/i.test(words) ? "has expired" : "is missing or no longer good";
    return { is: "unresolved", says: `The session of ${from} ${ended}: run \`${signIn}\`, then again.` };
  }
  if (words.includes("multi-factor"))
    return {
      is: "unresolved",
      says: `The role of ${from} wants a code, which \`npx ampx\` cannot ask for: put its keys into the shell (\`aws configure export-credentials${again} --format env\`), and unset AWS_PROFILE.`,
    };
  return {
    is: "unresolved",
    says: `No keys come from ${from} (${reasonIn(error)}): mend that until \`aws sts get-caller-identity${again}\` answers.`,
  };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** One line. The command line of a process is left out, for there may be a secret in it: what it said comes next. */
function reasonIn(error: unknown): string {
  const [first = "", second] = (error instanceof Error && error.message ? error.message : String(error))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const reason = first.startsWith(PROCESS_FAILED) ? (second ?? "its process failed without a word") : first;
  return reason.replace(/\.$/, "");
}
