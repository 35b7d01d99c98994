"use client";

import { useSyncExternalStore } from "react";
import { pageFocus } from "./page-focus";

export const usePageFocus = (): boolean =>
  useSyncExternalStore(pageFocus.subscribe, pageFocus.has, () => false);
