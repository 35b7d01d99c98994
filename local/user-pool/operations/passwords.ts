import { codeExpired, limitExceeded, userNotFound, wrongPassword } from "../cognito-error";
import { codeMismatch } from "../cognito-error";
import { deliveryTo, mailCode, useCode } from "../codes";
import type { Input } from "../input";
import { text } from "../input";
import { checkPassword } from "../passwords";
import type { Pool } from "../pool";
import { identityOf } from "../pool";
import type { Client } from "../settings";
import { matches, secretOf } from "../srp";
import { userOfAccessToken } from "../tokens";

export const changePassword = (pool: Pool, input: Input): object => {
  const user = userOfAccessToken(pool, text(input, "AccessToken"));
  const previous = text(input, "PreviousPassword");
  const proposed = text(input, "ProposedPassword");
  if (pool.attempts.isLocked(user.sub)) throw limitExceeded();
  if (!matches(identityOf(pool, user.sub), previous, user.secret)) {
    pool.attempts.wrongPassword(user.sub);
    throw wrongPassword();
  }
  checkPassword(proposed, pool.settings.passwords);
  user.secret = secretOf(identityOf(pool, user.sub), proposed);
  return {};
};

/** A user who is not there, or whose address nobody has proven, gets the same answer and no mail. */
export const forgotPassword = (pool: Pool, client: Client, input: Input): object => {
  const username = text(input, "Username");
  const user = pool.users.find(username);
  if (!user && !client.hidesUserExistence) throw userNotFound();
  const delivery = user?.emailVerified
    ? mailCode(pool, user, "reset", user.email)
    : deliveryTo(user?.email ?? username);
  return { CodeDeliveryDetails: delivery };
};

export const confirmForgotPassword = (pool: Pool, client: Client, input: Input): object => {
  const user = pool.users.find(text(input, "Username"));
  const code = text(input, "ConfirmationCode");
  const password = text(input, "Password");
  if (!user) throw client.hidesUserExistence ? codeMismatch() : userNotFound();
  if (!user.emailVerified) throw codeExpired();
  // Before the code is used up: a weak password can then be corrected with the same code.
  checkPassword(password, pool.settings.passwords);
  useCode(pool, user, "reset", code);
  user.secret = secretOf(identityOf(pool, user.sub), password);
  pool.attempts.rightPassword(user.sub);
  return {};
};
