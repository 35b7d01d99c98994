import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { UserPool, type UserPoolClient } from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";

/** A pool with two clients that differ in one setting: whether a stranger is told who is there. */
export class People extends Construct {
  readonly poolId: string;
  readonly hidingClientId: string;
  readonly tellingClientId: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const pool = new UserPool(this, "Pool", {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const client = (name: string, preventUserExistenceErrors: boolean): UserPoolClient =>
      pool.addClient(name, {
        authFlows: { userPassword: true },
        disableOAuth: true,
        preventUserExistenceErrors,
        // Cognito's own default, written down.
        accessTokenValidity: Duration.hours(1),
      });
    this.poolId = pool.userPoolId;
    this.hidingClientId = client("Hiding", true).userPoolClientId;
    this.tellingClientId = client("Telling", false).userPoolClientId;
  }

  get clientIds(): readonly string[] {
    return [this.hidingClientId, this.tellingClientId];
  }
}
