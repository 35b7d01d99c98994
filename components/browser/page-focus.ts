// Whether a person can be reading this page: the page is visible, and its window has the focus.
//
// A demo shows two people in two frames, and only one frame can have the focus. So the page around the frames tells both
// frames whether the window has the focus. A deployment cannot be framed (`frame-ancestors 'none'` in next.config.js), so
// no other page can send a deployment such a message.

import * as v from "valibot";

const told = v.object({ parley: v.literal("focus"), focused: v.boolean() });

const isFramed = (): boolean => window.parent !== window;
let toldByParent: boolean | undefined;

export const pageFocus = {
  has: (): boolean => document.visibilityState === "visible" && (toldByParent ?? document.hasFocus()),

  subscribe: (onChange: () => void): (() => void) => {
    const onMessage = ({ source, data }: MessageEvent<unknown>) => {
      if (source !== window.parent || !v.is(told, data)) return;
      toldByParent = data.focused;
      onChange();
    };
    // While `blur` is dispatched, some browsers still answer that the page has the focus.
    const onBlur = () => setTimeout(onChange);
    window.addEventListener("focus", onChange);
    window.addEventListener("blur", onBlur);
    document.addEventListener("visibilitychange", onChange);
    if (isFramed()) window.addEventListener("message", onMessage);
    return () => {
      window.removeEventListener("focus", onChange);
      window.removeEventListener("blur", onBlur);
      document.removeEventListener("visibilitychange", onChange);
      window.removeEventListener("message", onMessage);
    };
  },
};
