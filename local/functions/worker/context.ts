import type { Delivery, WorkerSetup } from "../messages";

/** The second argument of a handler, with the names that Lambda gives. */
export type LambdaContext = {
  callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
};

export function contextOf(setup: WorkerSetup, delivery: Delivery): LambdaContext {
  // Reckoned with this thread's own clock, at the pace of the machine as the time-out is, whatever tests turn.
  const deadlineAt = performance.now() + delivery.timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: setup.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: delivery.arn,
    memoryLimitInMB: String(setup.memoryMb),
    awsRequestId: delivery.requestId,
    logGroupName: `/aws/lambda/${setup.functionName}`,
    logStreamName: setup.logStream,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadlineAt - performance.now())),
  };
}
