import { watch } from "chokidar";

/** Nothing that runs is made from it. */
export const isLeftOut = (path: string): boolean => /\.(test|contract)\.ts$|\.md$|~$/.test(path);

/** Calls back once a burst of changes below the folders is over. The answer ends it. */
export function onChange(folders: readonly string[], quietMs: number, then: () => void): () => Promise<void> {
  const watcher = watch([...folders], { ignoreInitial: true, ignored: isLeftOut });
  let timer: NodeJS.Timeout | undefined;
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(then, quietMs);
  });
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
