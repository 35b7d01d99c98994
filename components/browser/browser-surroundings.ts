import type { Surroundings } from "../../core/client/ports/surroundings";

export const browserSurroundings: Surroundings = {
  online: () => navigator.onLine,
  visible: () => document.visibilityState === "visible",
  subscribe: (onChange) => {
    const targets = [
      [window, "online"],
      [window, "offline"],
      // A page that comes back from the back-forward cache has a dead socket.
      [window, "pageshow"],
      [document, "visibilitychange"],
    ] as const;
    for (const [target, event] of targets) target.addEventListener(event, onChange);
    return () => {
      for (const [target, event] of targets) target.removeEventListener(event, onChange);
    };
  },
};
