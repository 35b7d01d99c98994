import type { State, User } from "./state";

/** Finding people. Addresses are compared without case, as the template's UsernameConfiguration says. */
export interface Users {
  /** By what a person types, or by sub. */
  find(username: string): User | undefined;
  /** Whom an address belongs to. */
  holderOf(email: string): User | undefined;
  add(user: User): void;
  changeEmail(user: User, email: string): void;
  remove(user: User): void;
}

export const createUsers = (state: State): Users => {
  const fold = (email: string) => email.toLowerCase();
  const byEmail = new Map(Object.values(state.users).map((user) => [fold(user.email), user]));
  const bySub = new Map(Object.entries(state.users));
  return {
    find: (username) => bySub.get(username) ?? byEmail.get(fold(username)),
    holderOf: (email) => byEmail.get(fold(email)),
    add(user) {
      state.users[user.sub] = user;
      bySub.set(user.sub, user);
      byEmail.set(fold(user.email), user);
    },
    changeEmail(user, email) {
      byEmail.delete(fold(user.email));
      user.email = email;
      byEmail.set(fold(email), user);
    },
    remove(user) {
      delete state.users[user.sub];
      bySub.delete(user.sub);
      byEmail.delete(fold(user.email));
    },
  };
};
