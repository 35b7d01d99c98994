const isLoopbackName = (name: string): boolean =>
  name === "localhost" || name.endsWith(".localhost") || name === "127.0.0.1" || name === "[::1]";

/** Pages of this machine. Everybody else's are refused: the local cloud is nobody else's business. */
export const isLocalOrigin = (origin: string): boolean => {
  try {
    return isLoopbackName(new URL(origin).hostname);
  } catch {
    return false;
  }
};
