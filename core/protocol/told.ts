// Frames that are told and not asked: when they are done, nothing comes back, for every answer is a message on the
// bill. Each has a route of its own without a route response (amplify/chat/websocket-api.ts).

export const TOLD = ["mark", "typing"] as const;

export type ToldAction = (typeof TOLD)[number];

export const isTold = (action: unknown): action is ToldAction => TOLD.some((told) => told === action);
