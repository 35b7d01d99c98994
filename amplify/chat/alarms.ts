// What somebody should look at. An alarm costs $0.10 a month beyond the ten that an account has for nothing, so there
// is one: what the relay has given up is the one failure that nobody meets who could tell of it.

import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

export type AlarmsProps = {
  readonly deadLetters: IQueue;
  /** Of a topic of the owner's that is told. Empty: the alarm is seen in CloudWatch only. */
  readonly topicArn: string;
};

export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { deadLetters, topicArn }: AlarmsProps) {
    super(scope, id);
    const left = new Alarm(this, "DeadLetters", {
      alarmDescription:
        "The relay has given up an entry. docs/deploy.md says what it was to do and what to look at.",
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        statistic: "Maximum",
        period: Duration.minutes(1),
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      // SQS says nothing of a queue that has been idle for six hours.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (topicArn !== "") left.addAlarmAction({ bind: () => ({ alarmActionArn: topicArn }) });
  }
}
