// What cdk-nag finds in the backend and why it stays. Everything else that it finds is mended or fails the test.
// These are kept here and not beside the constructs, so that the template that is checked is the one deployed.

export type Finding = { readonly rule: string; readonly path: string; readonly description: string };

export type Reason = {
  /** The rule's id; with what the rule names in brackets, where it does. */
  readonly rule: RegExp;
  /** The construct's path below the root stack. */
  readonly at: RegExp;
  readonly because: string;
};

const ANY_FUNCTION = /^chat\/Chat\/(\w+\/){1,2}Function\/Resource$/;
const AMPLIFYS_OWN = /^AmplifyBranchLinker\//;

export const REASONS: readonly Reason[] = [
  {
    rule: /^(AwsSolutions-(IAM4|IAM5|L1)|Serverless-Lambda\w+)/,
    at: AMPLIFYS_OWN,
    because:
      "Amplify's own function, which tells the Amplify app at the end of a deployment which stack is the branch's. It comes with @aws-amplify/backend, has no settings, runs in deployments only, and may change this one branch of this one app.",
  },
  {
    rule: /^AwsSolutions-COG1$/,
    at: /^auth\/amplifyAuth\/UserPool\/Resource$/,
    because:
      "Passwords are ten characters or longer, which is what makes them hard to guess. Demanding kinds of characters makes people choose and reuse predictable ones: NIST SP 800-63B, 5.1.1.2, advises against it.",
  },
  {
    rule: /^AwsSolutions-COG2$/,
    at: /^auth\/amplifyAuth\/UserPool\/Resource$/,
    because:
      "The accounts guard a chat among people who know each other and open no AWS resource: the identity pool gives no credentials that may do anything. Whether a second factor is asked for is for the team that runs it, in amplify/auth/resource.ts.",
  },
  {
    rule: /^AwsSolutions-COG8$/,
    at: /^auth\/amplifyAuth\/UserPool\/Resource$/,
    because:
      "The Plus plan costs several times the Lite plan for each person who signs in, and sign-in is the largest line of the bill. Guessing is slowed by Cognito's own lock-out on every plan; passwords never leave the device (SRP).",
  },
  {
    rule: /^AwsSolutions-DDB3$/,
    at: /^chat\/Chat\/Tables\/Connections\/Resource$/,
    because:
      "The table says which sockets are open now, in rows that expire. Restored, they would name sockets that are long closed. Every table with something worth keeping has recovery.",
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:.*:execute-api:.*\/chat\/POST\/@connections\/\*\]$/,
    at: /^chat\/Chat\/(Disconnect|Frames|Relay\/Relay)\/Role\/DefaultPolicy\/Resource$/,
    because:
      "The last part of the name is a connection's id, which does not exist before somebody connects. The API, the stage and the method (POST) are named.",
  },
  {
    rule: /^AwsSolutions-APIG4$/,
    at: /^chat\/Chat\/Socket\/Api\/(\$disconnect|\$default|mark|typing|ping)-Route\/Resource$/,
    because:
      "API Gateway takes an authorizer for a WebSocket API on $connect only, where there is one: no other route is reached without having passed it.",
  },
  {
    rule: /^(AwsSolutions-APIG1|Serverless-APIGWAccessLogging)$/,
    at: /^chat\/Chat\/Socket\/Stage\/Resource$/,
    because:
      "Access logs are one setting away (PARLEY_ACCESS_LOGS=on). They are off at first because they need a role that belongs to the account and not to this stack, and a first deployment would fail without it. Every function logs each frame's ids meanwhile.",
  },
  {
    rule: /^(AwsSolutions-SQS3|Serverless-SQSRedrivePolicy)$/,
    at: /^chat\/Chat\/Relay\/DeadLetters\/Resource$/,
    because:
      "It is the dead-letter queue itself: of the mapping that brings the log's stream to the relay, which the rules do not look for. Nothing receives from it but people.",
  },
  {
    rule: /^Serverless-LambdaDLQ$/,
    at: ANY_FUNCTION,
    because:
      "A dead-letter queue takes asynchronous events. These functions are called by API Gateway, which waits for the answer (what fails is refused to the client, which sends it again), or by the log's stream, whose mapping has a queue of its own for what fails.",
  },
  {
    rule: /^Serverless-LambdaTracing$/,
    at: ANY_FUNCTION,
    because:
      "X-Ray does not join the frames of a socket into one trace, and is billed for each. The functions' log lines carry the ids that lead from a frame to its push.",
  },
];

export const reasonFor = (
  { rule, path }: Finding,
  reasons: readonly Reason[] = REASONS,
): Reason | undefined => {
  const place = path.slice(path.indexOf("/") + 1);
  return reasons.find((reason) => reason.rule.test(rule) && reason.at.test(place));
};
