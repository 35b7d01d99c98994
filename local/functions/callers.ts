// Who calls AWS: an environment is known by the session token among its keys, as on AWS, where each environment
// gets credentials of its own. The parts that functions call ask here who it is, and on behalf of what.

export type Caller = {
  readonly functionName: string;
  readonly accessKeyId: string;
  /** What set the present event off, in the word of whoever invoked: "send". */
  cause(): string;
  /** The how-manieth call to the outside of the present event this is. */
  countCall(): number;
  /** Ends the environment at once, in the middle of whatever it does. */
  crash(): void;
};

export type CallingEnvironment = {
  readonly caller: Caller;
  begin(cause: string): void;
};

export class Callers {
  private readonly byToken = new Map<string, Caller>();

  find(accessKeyId: string, sessionToken: string | undefined): Caller | undefined {
    const caller = sessionToken === undefined ? undefined : this.byToken.get(sessionToken);
    return caller?.accessKeyId === accessKeyId ? caller : undefined;
  }

  add(
    sessionToken: string,
    who: { readonly functionName: string; readonly accessKeyId: string; crash(): void },
  ): CallingEnvironment {
    let cause = "";
    let calls = 0;
    const caller: Caller = { ...who, cause: () => cause, countCall: () => ++calls };
    this.byToken.set(sessionToken, caller);
    return {
      caller,
      begin: (because) => {
        cause = because;
        calls = 0;
      },
    };
  }

  remove(sessionToken: string): void {
    this.byToken.delete(sessionToken);
  }
}
