// Names that the template and the functions must agree on.

export const BY_ACTIVITY = "byActivity";
/** TTL wants seconds since 1970 in an attribute of its own. */
export const TTL_ATTRIBUTE = "expiresAtSeconds";
