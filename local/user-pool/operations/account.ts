import { attributesOfUser, checkAttributes, onlyEmailIsVerified } from "../attributes";
import { emailTaken, invalidParameter } from "../cognito-error";
import type { Delivery } from "../codes";
import { mailCode, useCode } from "../codes";
import type { Input } from "../input";
import { attributesOf, text } from "../input";
import type { Pool } from "../pool";
import type { User } from "../state";
import { revokeAll, userOfAccessToken } from "../tokens";

const caller = (pool: Pool, input: Input): User => userOfAccessToken(pool, text(input, "AccessToken"));

export const getUser = (pool: Pool, input: Input): object => {
  const user = caller(pool, input);
  return {
    Username: user.sub,
    UserAttributes: Object.entries(attributesOfUser(user)).map(([Name, Value]) => ({ Name, Value })),
  };
};

const refuseTaken = (pool: Pool, user: User, email: string): void => {
  const holder = pool.users.holderOf(email);
  if (holder && holder !== user) throw emailTaken("AliasExistsException");
};

/** With the pool's setting, the old address stays until the code that goes to the new one has come back. */
const changeEmail = (pool: Pool, user: User, email: string): Delivery => {
  refuseTaken(pool, user, email);
  if (pool.settings.verifiesEmailBeforeUpdate) {
    user.pendingEmail = email;
  } else {
    pool.users.changeEmail(user, email);
    user.emailVerified = false;
  }
  return mailCode(pool, user, "email", email);
};

export const updateUserAttributes = (pool: Pool, input: Input): object => {
  const user = caller(pool, input);
  const given = attributesOf(input, "UserAttributes");
  checkAttributes(pool.settings, given);
  const { email, ...attributes } = Object.fromEntries(given);
  const moved = email !== undefined && email !== user.email;
  const deliveries = moved ? [changeEmail(pool, user, email)] : [];
  Object.assign(user.attributes, attributes);
  return { CodeDeliveryDetailsList: deliveries };
};

export const getUserAttributeVerificationCode = (pool: Pool, input: Input): object => {
  const user = caller(pool, input);
  onlyEmailIsVerified(text(input, "AttributeName"));
  return { CodeDeliveryDetails: mailCode(pool, user, "email", user.pendingEmail ?? user.email) };
};

export const verifyUserAttribute = (pool: Pool, input: Input): object => {
  const user = caller(pool, input);
  onlyEmailIsVerified(text(input, "AttributeName"));
  const email = user.pendingEmail ?? user.email;
  refuseTaken(pool, user, email);
  useCode(pool, user, "email", text(input, "Code"));
  if (user.standing !== "confirmed") throw invalidParameter("User is not confirmed.");
  pool.users.changeEmail(user, email);
  delete user.pendingEmail;
  user.emailVerified = true;
  return {};
};

export const deleteUser = (pool: Pool, input: Input): object => {
  const user = caller(pool, input);
  revokeAll(pool, user);
  pool.users.remove(user);
  return {};
};
