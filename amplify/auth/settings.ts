// What defineAuth has no words for, set on the CloudFormation resources that it makes.

import type { AuthResources } from "@aws-amplify/plugin-types";
import { removalOf, type Deployment } from "../deployment";

type CognitoResources = AuthResources["cfnResources"];

export function applyUserPoolSettings(resources: CognitoResources, deployment: Deployment): void {
  const { cfnUserPool, cfnUserPoolClient, cfnIdentityPool } = resources;

  // Sign-in is the largest line of the bill at 100,000 people; nothing here needs more than the cheapest plan.
  cfnUserPool.userPoolTier = "LITE";
  // Length is what makes a password hard to guess; composition rules only make it hard to remember (NIST 800-63B).
  cfnUserPool.policies = {
    passwordPolicy: {
      minimumLength: 10,
      requireLowercase: false,
      requireUppercase: false,
      requireNumbers: false,
      requireSymbols: false,
      temporaryPasswordValidityDays: 7,
    },
  };
  cfnUserPool.applyRemovalPolicy(removalOf(deployment));

  // Passwords never leave the device: SRP only, and no flow that takes them in the clear.
  cfnUserPoolClient.explicitAuthFlows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
  // A wrong password and an unknown address get the same answer.
  cfnUserPoolClient.preventUserExistenceErrors = "ENABLED";
  cfnUserPoolClient.enableTokenRevocation = true;
  // A revoked session stays valid on a socket for as long as its access token: an hour, not a day.
  cfnUserPoolClient.accessTokenValidity = 60;
  cfnUserPoolClient.idTokenValidity = 60;
  cfnUserPoolClient.refreshTokenValidity = 30;
  cfnUserPoolClient.tokenValidityUnits = { accessToken: "minutes", idToken: "minutes", refreshToken: "days" };
  // No hosted pages, so no OAuth flow and no callback address.
  cfnUserPoolClient.allowedOAuthFlowsUserPoolClient = false;
  cfnUserPoolClient.allowedOAuthFlows = undefined;
  cfnUserPoolClient.allowedOAuthScopes = undefined;
  cfnUserPoolClient.callbackUrLs = undefined;

  // Nobody gets AWS credentials from a browser, least of all without signing in.
  cfnIdentityPool.allowUnauthenticatedIdentities = false;
}
