"use client";

import { useEffect, useState } from "react";
import type { Handle } from "../../core/domain/ids";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { pathOf } from "./screens";
import styles from "./share-link.module.css";

const COPIED_MS = 2_500;

/** The link by which others reach this person. */
export function ShareLink({ handle }: { readonly handle: Handle }) {
  const link = `${window.location.origin}${pathOf(handle)}`;
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");

  useEffect(() => {
    if (state !== "copied") return;
    const timer = setTimeout(() => setState("idle"), COPIED_MS);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      setState("copied");
    } catch {
      setState("refused");
    }
  }

  return (
    <div className={styles.share}>
      <code className={styles.link} dir="ltr">
        {link}
      </code>
      <Button onClick={() => void copy()}>
        <Icon name={state === "copied" ? "check" : "copy"} size={18} />
        {state === "copied" ? "Copied" : "Copy link"}
      </Button>
      <p role="status" className={styles.told}>
        {state === "refused" && "The browser did not allow copying. Select the link and copy it by hand."}
      </p>
    </div>
  );
}
