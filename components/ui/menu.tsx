"use client";

import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { classes } from "./classes";
import { Icon, type IconName } from "./icon";
import { placeBeside } from "./place-beside";
import styles from "./menu.module.css";

type MenuProps = {
  readonly label: string;
  /** Where the focus goes when it closes; it stands beside this, or beside what is marked `data-beside` in it. */
  readonly anchor: HTMLElement;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** Beside its anchor; on a phone it rises from the lower edge. Open while it is mounted. */
export function Menu({ label, anchor, onClose, children }: MenuProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const pressed = useRef(false);

  // In the layout phase: it never shows elsewhere first, and closing gives the focus back before another takes it.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    placeBeside(element, anchor.querySelector("[data-beside]") ?? anchor);
    itemsOf(element)[0]?.focus({ preventScroll: true });
    return () => {
      element.close();
      anchor.focus({ preventScroll: true });
    };
  }, [anchor]);

  function press(event: KeyboardEvent) {
    // The screen behind has an Escape and arrows of its own.
    event.stopPropagation();
    const menu = dialog.current;
    const next = menu && nextItem(menu, document.activeElement, event.key);
    if (!next && event.key !== "Tab" && event.key !== "Escape") return;
    event.preventDefault();
    if (next) next.focus();
    else onClose();
  }

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={label}
      onKeyDown={press}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // A finger that opened the menu, and is lifted now, has pressed nothing of it: its click is not meant.
      onPointerDown={() => void (pressed.current = true)}
      onClickCapture={(event) => event.detail > 0 && !pressed.current && event.stopPropagation()}
      // The dialog itself is only hit on its backdrop: its content fills it.
      onClick={(event) => event.target === event.currentTarget && onClose()}
      onContextMenu={(event) => event.preventDefault()}
    >
      <div role="menu" aria-label={label} className={styles.menu}>
        {children}
      </div>
    </dialog>
  );
}

type MenuItemProps = {
  readonly icon: IconName;
  readonly danger?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
};

export function MenuItem({ icon, danger = false, onSelect, children }: MenuItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={classes(styles.item, danger && styles.danger)}
      onClick={onSelect}
    >
      <Icon name={icon} />
      {children}
    </button>
  );
}

const itemsOf = (menu: Element): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role="menuitem"], [role="menuitemradio"]'),
];

/** Items of one group stand side by side: left and right go through them, up and down past them. */
function nextItem(menu: HTMLElement, focused: Element | null, key: string): HTMLElement | undefined {
  const items = itemsOf(menu);
  const at = items.findIndex((item) => item === focused);
  const rowOf = (item: HTMLElement | undefined) => item?.closest('[role="group"]') ?? item;
  const row = rowOf(items[at]);
  const isRtl = getComputedStyle(menu).direction === "rtl";
  switch (key) {
    case "ArrowDown":
      return items.slice(at + 1).find((item) => rowOf(item) !== row) ?? items[0];
    case "ArrowUp":
      return before(items.slice(0, Math.max(at, 0)), row, rowOf) ?? before(items, row, rowOf);
    case "ArrowRight":
    case "ArrowLeft": {
      const beside = items[at + ((key === "ArrowRight") === isRtl ? -1 : 1)];
      return beside && rowOf(beside) === row ? beside : items[at];
    }
    case "Home":
      return items[0];
    case "End":
      return items[items.length - 1];
    default:
      return undefined;
  }
}

const before = <T,>(items: readonly HTMLElement[], row: T, rowOf: (item: HTMLElement) => T) =>
  [...items].reverse().find((item) => rowOf(item) !== row);
