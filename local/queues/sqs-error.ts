/** An expected "no", in SQS's words. Everything else is a bug. */
export class SqsError extends Error {
  override readonly name = "SqsError";

  constructor(
    /** "com.amazonaws.sqs#QueueDoesNotExist" */
    readonly type: string,
    /** The older protocol's name of it, which clients still look at: "AWS.SimpleQueueService.NonExistentQueue". */
    readonly queryCode: string,
    message: string,
    readonly status: 400 | 403 = 400,
  ) {
    super(message);
  }
}

export const noSuchQueue = () =>
  new SqsError(
    "com.amazonaws.sqs#QueueDoesNotExist",
    "AWS.SimpleQueueService.NonExistentQueue",
    "The specified queue does not exist.",
  );
export const invalid = (message: string) =>
  new SqsError("com.amazon.coral.service#InvalidParameterValueException", "InvalidParameterValue", message);
export const missing = (parameter: string) =>
  new SqsError(
    "com.amazon.coral.service#MissingRequiredParameterException",
    "MissingParameter",
    `The request must contain the parameter ${parameter}.`,
  );
export const unsupported = (message: string) =>
  new SqsError(
    "com.amazonaws.sqs#UnsupportedOperation",
    "AWS.SimpleQueueService.UnsupportedOperation",
    message,
  );
export const notInFlight = () =>
  new SqsError(
    "com.amazonaws.sqs#MessageNotInflight",
    "AWS.SimpleQueueService.MessageNotInflight",
    "The message referred to isn't in flight.",
  );
export const denied = (message: string) =>
  new SqsError("com.amazon.coral.service#AccessDeniedException", "AccessDenied", message, 403);
