// The interface by which stories drive a browser engine. Playwright, Puppeteer and Selenium stand behind this interface,
// so every story is written once. A driver knows nothing of the app; screen.ts finds elements on a page.

/** Pixels of the page's own layout, from the top left of the visible part. */
export type Point = { readonly x: number; readonly y: number };

export type Key = "Enter" | "Escape" | "ArrowUp" | "SelectAll" | "Backspace";

export interface Tab {
  /** Navigates as if a person typed the address. */
  goto(address: string): Promise<void>;
  back(): Promise<void>;
  reload(): Promise<void>;
  /** `source` is an expression; a promise is waited for. The value passes as JSON. */
  evaluate(source: string): Promise<unknown>;
  moveTo(point: Point): Promise<void>;
  click(point: Point): Promise<void>;
  type(text: string): Promise<void>;
  press(key: Key): Promise<void>;
  /** Brings this tab to the front of its window. */
  show(): Promise<void>;
  close(): Promise<void>;
}

export interface Profile {
  tab(): Promise<Tab>;
  close(): Promise<void>;
}

export type ProfileOptions = {
  readonly isPrivate?: boolean;
  /** "http://127.0.0.1:1234". Every request of this profile goes through the proxy. */
  readonly proxy?: string;
};

export interface Driver {
  /** The engine's name in the table of results. */
  readonly name: string;
  readonly version: () => Promise<string>;
  profile(options?: ProfileOptions): Promise<Profile>;
  close(): Promise<void>;
}
