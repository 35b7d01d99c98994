import type { Neighbours } from "../ports/neighbours";

/** Where tabs cannot hear of one another each leads itself, on a socket of its own. */
export const alone: Neighbours = {
  lead: ({ led }) => {
    let isOver = false;
    void Promise.resolve().then(() => isOver || led());
    return () => void (isOver = true);
  },
  post: () => {},
  listen: () => () => {},
};
