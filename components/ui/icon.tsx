// Drawn on a grid of 24 with a stroke of 1.75, ends rounded. Decoration only: the control that holds it has a name.

const PATHS = {
  back: "M15 5l-7 7 7 7",
  plus: "M12 5v14M5 12h14",
  compose:
    "M12 5H7a3 3 0 0 0-3 3v9a3 3 0 0 0 3 3h9a3 3 0 0 0 3-3v-5M10 14l.6-2.6 7.9-7.9a1.4 1.4 0 0 1 2 2l-7.9 7.9z",
  send: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  down: "M12 5v14M5.5 12.5L12 19l6.5-6.5",
  up: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  close: "M6 6l12 12M18 6L6 18",
  clock: "M12 7.5V12l3 2M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z",
  alert: "M12 8v4.5M12 16h.01M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z",
  offline:
    "M4 4l16 16M8.5 16.5a5 5 0 0 1 6-.8M5 13a10 10 0 0 1 4.2-2.5M19 13a10 10 0 0 0-3.3-2.2M2 9.5a15 15 0 0 1 4.5-2.8M22 9.5a15 15 0 0 0-11-4M12 20h.01",
  copy: "M9 9h9a1.5 1.5 0 0 1 1.5 1.5v8A1.5 1.5 0 0 1 18 20h-7.5A1.5 1.5 0 0 1 9 18.5zM15 6V5.5A1.5 1.5 0 0 0 13.5 4H6a1.5 1.5 0 0 0-1.5 1.5V13A1.5 1.5 0 0 0 6 14.5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4",
  lock: "M7.5 10.5V8a4.5 4.5 0 0 1 9 0v2.5M6 10.5h12a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1z",
  retry: "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 3.5V7.5h-4",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5",
  more: "M5.5 11.5a.5.5 0 1 0 .01 0zM12 11.5a.5.5 0 1 0 .01 0zM18.5 11.5a.5.5 0 1 0 .01 0z",
  smile: "M9 10h.01M15 10h.01M8.5 14.2a4.2 4.2 0 0 0 7 0M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z",
  pencil: "M4 20l1-4.2L16 4.8a1.8 1.8 0 0 1 2.6 0l.6.6a1.8 1.8 0 0 1 0 2.6L8.2 19zM14 7l3 3",
  history: "M4.5 12a7.5 7.5 0 1 0 2.3-5.4M4.5 3.5v4h4M12 8v4.3l2.8 1.7",
  block: "M6 6l12 12M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.3 3.3 0 0 1 0 6.2M18 14.3a6.5 6.5 0 0 1 3.5 5.7",
} as const;

export type IconName = keyof typeof PATHS;

/** Icons that point along the line of writing turn round with it. */
const DIRECTED: ReadonlySet<IconName> = new Set(["back"]);

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      data-directed={DIRECTED.has(name) || undefined}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
