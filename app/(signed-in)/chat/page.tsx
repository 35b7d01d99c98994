import type { Metadata } from "next";

export const metadata: Metadata = { title: "Conversations" };

export default function ConversationsPage() {
  return null;
}
