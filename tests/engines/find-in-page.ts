// Finds elements on a page by role and name, as a person with a screen reader finds them. The function runs inside of
// the page, because WebDriver has no such search; so the function uses nothing from outside of its own body.

export type Role =
  | "alert"
  | "article"
  | "button"
  | "dialog"
  | "heading"
  | "img"
  | "link"
  | "log"
  | "main"
  | "menu"
  | "menuitem"
  | "menuitemradio"
  | "navigation"
  | "textbox";

export type Search = {
  readonly role: Role;
  /** The whole accessible name. */
  readonly name?: string;
  /** The source of a regular expression that fits a part of the accessible name. */
  readonly namePattern?: string;
  /** A part of the element's text. */
  readonly text?: string;
  readonly within?: Search;
};

export type Found = {
  readonly text: string;
  readonly value: string;
  readonly hasFocus: boolean;
  /** The middle of the part that can be clicked. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export function findInPage(search: Search, scrolls: boolean): Found[] {
  const SELECTORS: Readonly<Record<Role, string>> = {
    alert: "[role=alert]",
    article: "article, [role=article]",
    button: "button:not([role]), [role=button], input[type=submit]",
    dialog: "dialog[open], [role=dialog], [role=alertdialog]",
    heading: "h1, h2, h3, h4, [role=heading]",
    img: "img, [role=img]",
    link: "a[href], [role=link]",
    log: "[role=log]",
    main: "main, [role=main]",
    menu: "[role=menu]",
    menuitem: "[role=menuitem]",
    menuitemradio: "[role=menuitemradio]",
    navigation: "nav, [role=navigation]",
    textbox: "textarea, [role=textbox], input:not([type=checkbox]):not([type=radio]):not([type=submit])",
  };
  const squeezed = (text: string | null | undefined) => (text ?? "").replace(/\s+/g, " ").trim();
  const textOf = (element: Element) =>
    squeezed(element instanceof HTMLElement ? element.innerText : element.textContent);
  const isSeen = (element: Element) =>
    element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";

  function nameOf(element: Element): string {
    const ids = element.getAttribute("aria-labelledby")?.split(/\s+/) ?? [];
    const labels = ids.map((id) => squeezed(document.getElementById(id)?.textContent)).filter(Boolean);
    if (labels.length > 0) return labels.join(" ");
    const label = element.getAttribute("aria-label");
    if (label) return squeezed(label);
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
      return squeezed(element.labels?.[0]?.textContent);
    if (element instanceof HTMLImageElement) return squeezed(element.alt);
    return squeezed(element.textContent);
  }

  function fits(element: Element, wanted: Search): boolean {
    if (!isSeen(element)) return false;
    if (wanted.name !== undefined && nameOf(element) !== wanted.name) return false;
    if (wanted.namePattern !== undefined && !new RegExp(wanted.namePattern).test(nameOf(element)))
      return false;
    return wanted.text === undefined || squeezed(element.textContent).includes(wanted.text);
  }

  function all(wanted: Search): Element[] {
    const roots: readonly ParentNode[] = wanted.within ? all(wanted.within) : [document];
    const inside = roots.flatMap((root) => [...root.querySelectorAll(SELECTORS[wanted.role])]);
    return inside.filter((element) => fits(element, wanted));
  }

  return all(search).map((element) => {
    if (scrolls) element.scrollIntoView({ block: "nearest", inline: "nearest" });
    const { left, top, width, height } = element.getBoundingClientRect();
    return {
      text: textOf(element),
      value:
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value : "",
      hasFocus: element === document.activeElement,
      x: left + width / 2,
      y: top + height / 2,
      width,
      height,
    };
  });
}
