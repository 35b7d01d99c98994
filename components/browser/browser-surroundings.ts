import type { Surroundings } from "../../core/client/ports/surroundings";

let asleep = false;

export const browserSurroundings: Surroundings = {
  online: () => navigator.onLine,
  visible: () => document.visibilityState === "visible",
  awake: () => !asleep,
  subscribe: (onChange) => {
    const rest = (sleeps: boolean) => () => {
      asleep = sleeps;
      onChange();
    };
    // A page that is kept for the back button must let go of its socket, or the browser will not keep it.
    const lifecycle = [
      [window, "pagehide", rest(true)],
      [window, "pageshow", rest(false)],
      [document, "freeze", rest(true)],
      [document, "resume", rest(false)],
    ] as const;
    const targets = [
      [window, "online"],
      [window, "offline"],
      [document, "visibilitychange"],
    ] as const;
    for (const [target, event] of targets) target.addEventListener(event, onChange);
    for (const [target, event, listener] of lifecycle) target.addEventListener(event, listener);
    return () => {
      for (const [target, event] of targets) target.removeEventListener(event, onChange);
      for (const [target, event, listener] of lifecycle) target.removeEventListener(event, listener);
    };
  },
};
