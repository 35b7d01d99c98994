import type { Ports } from "../../../core/domain/ports/ports";
import type { FunctionRun } from "./function-run";

type Crossed = Pick<Ports, "log" | "inbox" | "connections" | "watches" | "people" | "push">;

/** The same ports; each call of each of them is a crossing. */
export function crossing<P extends Crossed>(ports: P, run: FunctionRun): P {
  const { log, inbox, connections, watches, people, push } = ports;
  return {
    ...ports,
    log: through("log", log, run),
    inbox: through("inbox", inbox, run),
    connections: through("connections", connections, run),
    watches: through("watches", watches, run),
    people: through("people", people, run),
    push: through("push", push, run),
  };
}

/** Every method of a port answers with a promise. */
function through<P extends object>(name: string, port: P, run: FunctionRun): P {
  return new Proxy(port, {
    get: (target, key) => {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== "function") return method;
      return (...by: readonly unknown[]) =>
        run.cross(`${name}.${String(key)}`, async (): Promise<unknown> => Reflect.apply(method, target, by));
    },
  });
}
