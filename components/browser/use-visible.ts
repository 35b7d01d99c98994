"use client";

import { useSyncExternalStore } from "react";
import { browserSurroundings } from "./browser-surroundings";

export const useVisible = (): boolean =>
  useSyncExternalStore(browserSurroundings.subscribe, browserSurroundings.visible, () => false);
