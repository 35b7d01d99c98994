const EDGE_PX = 8;
/** Narrower than this it is a sheet at the lower edge; as in menu.module.css. */
const SHEET = "(max-width: 29.99rem)";

/** Below what it belongs to where there is room, else above; on the side on which that stands. */
export function placeBeside(floating: HTMLElement, anchor: Element): void {
  if (window.matchMedia(SHEET).matches) return;
  const { innerWidth, innerHeight } = window;
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const { width, height } = floating.getBoundingClientRect();
  const isOnLeft = left + right < innerWidth;
  const below = bottom + EDGE_PX + height <= innerHeight - EDGE_PX;
  const x = isOnLeft ? left : right - width;
  const y = below ? bottom + EDGE_PX : top - EDGE_PX - height;
  const insetX = between(EDGE_PX, x, innerWidth - width - EDGE_PX);
  const insetY = between(EDGE_PX, y, innerHeight - height - EDGE_PX);
  // All four: from right to left the other side would decide.
  floating.style.inset = `${insetY}px auto auto ${insetX}px`;
}

const between = (least: number, wanted: number, most: number) => Math.max(least, Math.min(wanted, most));
