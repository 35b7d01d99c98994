import type { ReactNode } from "react";
import { ChatApp } from "../../components/chat/chat-app";
import { ChatProvider } from "../../components/chat/chat-provider";

// The screens are chosen by the address in the browser, so that they change without the server. The pages below
// make their addresses known: each can be opened, reloaded and sent as a link. `/chat/<handle>` is the page `/chat`
// under another address: next.config.js.
export default function SignedInLayout({ children }: { readonly children: ReactNode }) {
  return (
    <ChatProvider>
      <ChatApp />
      {children}
    </ChatProvider>
  );
}
