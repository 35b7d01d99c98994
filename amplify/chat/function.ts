import { fileURLToPath } from "node:url";
import { Duration } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Runtime } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { removalOf, type Deployment } from "../deployment";

export type ChatFunctionProps = {
  readonly deployment: Deployment;
  /** The file in handlers/ that exports `handler`. */
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
};

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** One function with a role and a log group of its own: it may do what it is granted here and nothing else. */
export class ChatFunction extends Construct {
  readonly lambda: NodejsFunction;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: ChatFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Logs", {
      // A line holds ids and durations, never content, so a year of them is harmless and answers an auditor.
      retention: props.deployment.is === "sandbox" ? RetentionDays.ONE_WEEK : RetentionDays.ONE_YEAR,
      removalPolicy: removalOf(props.deployment),
    });
    // Instead of the managed AWSLambdaBasicExecutionRole, which may write to every log group of the account.
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.allow(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]);

    this.lambda = new NodejsFunction(this, "Function", {
      entry: `${REPOSITORY}amplify/chat/handlers/${props.handler}.ts`,
      projectRoot: REPOSITORY,
      depsLockFilePath: `${REPOSITORY}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      environment: props.environment,
      role: this.role,
      logGroup,
      awsSdkConnectionReuse: false,
      bundling: { minify: true, target: "node22", externalModules: [] },
    });
  }

  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}
