"use client";

import type { AnchorHTMLAttributes, MouseEvent } from "react";
import { navigate } from "./navigate";

type ScreenLinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string };

/** A true link (open in a new tab, copy its address) that changes the screen without asking the server. */
export function ScreenLink({ href, ...rest }: ScreenLinkProps) {
  const follow = (event: MouseEvent) => {
    const wantsOwnTab = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.button !== 0 || wantsOwnTab) return;
    event.preventDefault();
    navigate(href);
  };
  return <a {...rest} href={href} onClick={follow} />;
}
