"use client";

import type { MessageView, TimelineView } from "../../core/client/views";
import { Menu, MenuItem } from "../ui/menu";
import { useDesk } from "./desk";
import { actsOn, type MessageAct } from "./message-acts";
import { QuickReactions } from "./quick-reactions";

type MessageMenuProps = {
  readonly message: MessageView;
  readonly timeline: TimelineView;
  readonly at: HTMLElement;
  readonly now: number;
};

export function MessageMenu({ message, timeline, at, now }: MessageMenuProps) {
  const desk = useDesk();
  const close = () => desk.show({ is: "nothing" });
  const acts = actsOn(message, { closed: timeline.closed, now });
  const item = (act: MessageAct) => acts.includes(act);

  function then(act: () => void) {
    close();
    act();
  }

  return (
    <Menu label="Message" anchor={at} onClose={close}>
      {item("react") && (
        <QuickReactions
          message={message}
          peerName={timeline.peer.name}
          onChoose={(emoji) => then(() => void desk.react(message, emoji))}
        />
      )}
      {item("react") && (
        <MenuItem icon="smile" onSelect={() => desk.show({ is: "emoji", message })}>
          Another reaction…
        </MenuItem>
      )}
      <MenuItem icon="copy" onSelect={() => then(() => void desk.copy(message))}>
        Copy text
      </MenuItem>
      {item("edit") && (
        <MenuItem icon="pencil" onSelect={() => then(() => desk.edit({ message, at }))}>
          Edit
        </MenuItem>
      )}
      {item("history") && (
        <MenuItem icon="history" onSelect={() => desk.show({ is: "history", message })}>
          Earlier versions
        </MenuItem>
      )}
      {(item("delete") || item("remove")) && (
        <MenuItem icon="trash" danger onSelect={() => then(() => void desk.remove(message))}>
          {item("delete") ? "Delete for everyone" : "Remove"}
        </MenuItem>
      )}
    </Menu>
  );
}
