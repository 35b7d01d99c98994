import { randomBytes } from "node:crypto";

/** The shape that API Gateway gives the ids of connections, requests and messages: "L0SM9cOFvHcCIhw=". */
export const gatewayId = (): string => `${randomBytes(11).toString("base64url")}=`;

export const hasIdShape = (text: string): boolean => /^[A-Za-z0-9_-]{15}=$/.test(text);
