// Whether a person is scrolling an element. A scroll event does not name its cause: a list also scrolls when rows are
// measured and when messages come in.

const RECENT_MS = 1_000;
const UP = new Set(["ArrowUp", "PageUp", "Home", "Tab"]);
const DOWN = new Set(["ArrowDown", "PageDown", "End", " "]);

export type ScrollInput = {
  /** A person scrolled a moment ago. `up`: towards the top, or by input without a direction. */
  readonly isRecent: (direction: "up" | "any") => boolean;
  readonly stop: () => void;
};

export function watchScrollInput(element: HTMLElement): ScrollInput {
  let upAt = -Infinity;
  let anyAt = -Infinity;
  let touchedAt: number | undefined;
  let isDragging = false;
  const listening = new AbortController();
  const scrolls = (isUp: boolean) => {
    anyAt = performance.now();
    if (isUp) upAt = anyAt;
  };
  const listen = <K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ) => element.addEventListener(type, listener, { passive: true, signal: listening.signal });

  listen("wheel", ({ deltaY }) => scrolls(deltaY < 0));
  listen("keydown", ({ key, shiftKey }) => {
    if (UP.has(key) || (key === " " && shiftKey)) scrolls(true);
    else if (DOWN.has(key)) scrolls(false);
  });
  listen("touchmove", ({ touches }) => {
    const y = touches[0]?.clientY;
    if (y !== undefined) scrolls(touchedAt === undefined || y > touchedAt);
    touchedAt = y;
  });
  listen("touchend", () => (touchedAt = undefined));
  listen("pointerdown", ({ button, target, offsetX }) => {
    const isOnScrollbar = target === element && offsetX > element.clientWidth;
    // The middle button starts automatic scrolling.
    isDragging = isOnScrollbar || button === 1;
    if (isDragging) scrolls(true);
  });
  // Selecting text over the edge scrolls, too.
  listen("pointermove", ({ buttons, pointerType }) => {
    if (isDragging || (buttons !== 0 && pointerType === "mouse")) scrolls(true);
  });

  return {
    isRecent: (direction) => performance.now() - (direction === "up" ? upAt : anyAt) < RECENT_MS,
    stop: () => listening.abort(),
  };
}
