/** Like a browser's localStorage: what is stored are its own keys, its methods are not. */
export function browserStorage(first: Readonly<Record<string, string>> = {}): Storage {
  const kept: Record<string, string> = { ...first };
  const methods: Partial<Storage> = {
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => void (kept[key] = value),
    removeItem: (key) => void delete kept[key],
  };
  // The rest of Storage is called by nobody here.
  return new Proxy(methods as Storage, {
    ownKeys: () => Object.keys(kept),
    getOwnPropertyDescriptor: (_, key) =>
      typeof key === "string" && key in kept
        ? { value: kept[key], enumerable: true, configurable: true }
        : undefined,
  });
}
