"use client";

import { useRef, useState } from "react";
import type { TimelineView } from "../../core/client/views";
import { Button, IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { Menu, MenuItem } from "../ui/menu";
import { useChat } from "./chat-context";
import styles from "./conversation-menu.module.css";

/** What may be done with the other person. */
export function ConversationMenu({ timeline }: { readonly timeline: TimelineView }) {
  const { client } = useChat();
  const { conversation, peer, blocked } = timeline;
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<HTMLElement>();
  const [asking, setAsking] = useState(false);

  return (
    <>
      <IconButton
        ref={button}
        label="More"
        aria-haspopup="menu"
        aria-expanded={open !== undefined}
        onClick={({ currentTarget }) => setOpen(currentTarget)}
      >
        <Icon name="more" />
      </IconButton>
      {open && (
        <Menu label={`Conversation with ${peer.name}`} anchor={open} onClose={() => setOpen(undefined)}>
          <MenuItem
            icon="block"
            danger={!blocked}
            onSelect={() => {
              setOpen(undefined);
              if (blocked) void client.unblock(conversation);
              else setAsking(true);
            }}
          >
            <span>
              {blocked ? "Unblock " : "Block "}
              <bdi>{peer.name}</bdi>
              {blocked ? "" : "…"}
            </span>
          </MenuItem>
        </Menu>
      )}
      {asking && (
        <Dialog title={`Block ${peer.name}?`} onClose={() => setAsking(false)}>
          <p>
            Neither of you can write here until you unblock them. They see that the conversation is closed,
            and no longer whether you are online.
          </p>
          <div className={styles.actions}>
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button
              look="danger"
              onClick={() => {
                setAsking(false);
                void client.block(conversation);
              }}
            >
              Block
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
