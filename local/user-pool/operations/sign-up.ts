import { randomUUID } from "node:crypto";
import { checkAttributes, checkRequired, isEmail } from "../attributes";
import { codeExpired, emailTaken, invalidParameter, notAuthorized, userNotFound } from "../cognito-error";
import type { Delivery } from "../codes";
import { deliveryTo, mailCode, useCode } from "../codes";
import type { Input } from "../input";
import { attributesOf, text } from "../input";
import { checkPassword } from "../passwords";
import type { Pool } from "../pool";
import { identityOf } from "../pool";
import type { Client } from "../settings";
import { secretOf } from "../srp";

export const signUp = (pool: Pool, _client: Client, input: Input): object => {
  const username = text(input, "Username");
  const password = text(input, "Password");
  if (!isEmail(username)) throw invalidParameter("Username should be an email.");
  const given = new Map([["email", username], ...attributesOf(input, "UserAttributes")]);
  checkAttributes(pool.settings, given);
  checkRequired(pool.settings, given);
  checkPassword(password, pool.settings.passwords);
  const { email = username, ...attributes } = Object.fromEntries(given);
  if (email.toLowerCase() !== username.toLowerCase())
    throw invalidParameter("The email attribute must be the email that is the username.");
  if (pool.users.holderOf(email)) throw emailTaken("UsernameExistsException");

  const sub = randomUUID();
  const user = {
    sub,
    email,
    emailVerified: false,
    standing: "unconfirmed" as const,
    attributes,
    secret: secretOf(identityOf(pool, sub), password),
    codes: {},
    createdAt: pool.clock.now(),
  };
  pool.users.add(user);
  return {
    UserConfirmed: false,
    UserSub: sub,
    CodeDeliveryDetails: mailCode(pool, user, "sign-up", email),
  };
};

export const confirmSignUp = (pool: Pool, client: Client, input: Input): object => {
  const user = pool.users.find(text(input, "Username"));
  const code = text(input, "ConfirmationCode");
  if (!user) throw client.hidesUserExistence ? codeExpired() : userNotFound();
  if (user.standing === "confirmed")
    throw notAuthorized("User cannot be confirmed. Current status is CONFIRMED");
  useCode(pool, user, "sign-up", code);
  user.standing = "confirmed";
  user.emailVerified = true;
  return {};
};

export const resendConfirmationCode = (pool: Pool, client: Client, input: Input): object => {
  const username = text(input, "Username");
  const user = pool.users.find(username);
  const answer = (delivery: Delivery) => ({ CodeDeliveryDetails: delivery });
  if (!user) {
    if (client.hidesUserExistence) return answer(deliveryTo(username));
    throw userNotFound();
  }
  if (user.standing === "confirmed") throw invalidParameter("User is already confirmed.");
  return answer(mailCode(pool, user, "sign-up", user.email));
};
