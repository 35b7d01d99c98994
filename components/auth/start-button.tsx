"use client";

import { useEffect, useState } from "react";
import { isSignedInBefore } from "../browser/signed-in-before";
import { classes } from "../ui/classes";
import buttons from "../ui/button.module.css";

/** The one button of the welcome page. Whoever is signed in goes on to their conversations at once. */
export function StartButton() {
  const [signedIn, setSignedIn] = useState(false);

  useEffect(() => {
    if (!isSignedInBefore()) return;
    setSignedIn(true);
    window.location.replace("/chat");
  }, []);

  return (
    <a
      href={signedIn ? "/chat" : "/sign-in?new"}
      className={classes(buttons.button, buttons.primary, buttons.large)}
    >
      {signedIn ? "Open Parley" : "Create account"}
    </a>
  );
}
