import type { Metadata } from "next";

// The name in the title comes with the conversation, and the address is nobody else's business.
export const metadata: Metadata = { title: "Conversation", robots: { index: false } };

export default function ConversationPage() {
  return null;
}
