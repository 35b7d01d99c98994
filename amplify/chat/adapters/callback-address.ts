/** `domainName`: by which the event came, if it came from the gateway. */
export type Stage = { readonly apiId: string; readonly domainName?: string; readonly stage: string };

/**
 * Where `@connections` of a stage is. Behind a custom domain the path depends on a mapping that no event tells,
 * so then the address that the API always has is used instead.
 */
export function callbackAddress(at: Stage, region: string, override: string | undefined): string {
  const own = at.domainName?.startsWith(`${at.apiId}.execute-api.`)
    ? at.domainName
    : `${at.apiId}.execute-api.${region}.amazonaws.com`;
  return `${(override ?? `https://${own}`).replace(/\/$/, "")}/${at.stage}`;
}
