import { invalidParameter } from "../cognito-error";
import type { Input } from "../input";
import { text } from "../input";
import type { Pool } from "../pool";
import type { Client } from "../settings";
import { refresh, revoke, revokeAll, userOfAccessToken } from "../tokens";

export const getTokensFromRefreshToken = (pool: Pool, client: Client, input: Input): object => {
  if (!client.flows.has("ALLOW_REFRESH_TOKEN_AUTH"))
    throw invalidParameter("REFRESH_TOKEN_AUTH flow not enabled for this client");
  return { AuthenticationResult: refresh(pool, client, text(input, "RefreshToken")) };
};

export const revokeToken = (pool: Pool, client: Client, input: Input): object => {
  revoke(pool, client, text(input, "Token"));
  return {};
};

export const globalSignOut = (pool: Pool, input: Input): object => {
  revokeAll(pool, userOfAccessToken(pool, text(input, "AccessToken")));
  return {};
};
