// The name service of a function's environment: some hosts of AWS are answered on this machine, every other one
// fails at once instead of waiting for a network that may not be there.
//
// Sits below the libraries, where DNS would: the functions' code and its AWS addresses stay as they are deployed.

import dns from "node:dns";
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import { urlToHttpOptions } from "node:url";

export type Hosts = Readonly<Record<string, string>>;

/** Exact, or by a "*" in place of the first label. */
export function addressOf(hosts: Hosts, host: string): URL | undefined {
  const address = hosts[host] ?? hosts[host.replace(/^[^.]+/, "*")];
  return address === undefined ? undefined : new URL(address);
}

export function answerHosts(hosts: Hosts, functionName: string): void {
  const request = https.request;
  const routedRequest = (...given: unknown[]): http.ClientRequest => {
    const { options, callback } = readArguments(given);
    const address = addressOf(hosts, options.hostname ?? options.host ?? "localhost");
    if (address === undefined) return Reflect.apply(request, https, given);
    return http.request(toward(address, options), callback);
  };
  Object.assign(https, {
    request: routedRequest,
    get: (...given: unknown[]) => routedRequest(...given).end(),
  });

  const fetch = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const address = addressOf(hosts, url.hostname);
    if (address === undefined) return fetch(input, init);
    const there = new URL(joined(address, url.pathname + url.search), address);
    return fetch(input instanceof Request ? new Request(there, input) : there, init);
  };

  refuseUnknown(functionName);
  // ES modules hold copies of the built-in modules' exports.
  syncBuiltinESMExports();
}

/** Every connection asks here for its address, whichever library opens it. */
function refuseUnknown(functionName: string): void {
  const lookup = dns.lookup;
  const guarded = (hostname: string, ...rest: unknown[]): void => {
    const done = rest.at(-1);
    if (!/\.amazonaws\.com$/i.test(hostname) || typeof done !== "function")
      return Reflect.apply(lookup, dns, [hostname, ...rest]);
    const error = new Error(
      `unable to reach ${hostname} from function ${functionName}; the local cloud does not run that service`,
    );
    process.nextTick(done, Object.assign(error, { code: "ENOTFOUND", hostname }));
  };
  Object.assign(dns, { lookup: guarded });
}

function toward(address: URL, options: https.RequestOptions): http.RequestOptions {
  return {
    ...options,
    // The given agent is one for TLS, and `host` would win over nothing: both name where it must not go.
    agent: undefined,
    host: undefined,
    protocol: address.protocol,
    hostname: address.hostname,
    port: address.port,
    path: joined(address, options.path ?? "/"),
  };
}

const joined = (address: URL, path: string): string => address.pathname.replace(/\/$/, "") + path;

type Answered = (response: http.IncomingMessage) => void;

/** request(url, options?, callback?) or request(options, callback?). */
function readArguments(given: readonly unknown[]): {
  readonly options: https.RequestOptions;
  readonly callback: Answered | undefined;
} {
  const [first, second] = given;
  const url = typeof first === "string" ? new URL(first) : first instanceof URL ? first : undefined;
  const more = url === undefined ? first : second;
  const last = given.at(-1);
  return {
    options: { ...(url && urlToHttpOptions(url)), ...(typeof more === "object" ? more : {}) },
    callback: isAnswered(last) ? last : undefined,
  };
}

const isAnswered = (value: unknown): value is Answered => typeof value === "function";
