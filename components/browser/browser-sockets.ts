import type { Sockets } from "../../core/client/ports/socket";

export const browserSockets: Sockets = {
  connect: ({ url, protocols }, events) => {
    const socket = new WebSocket(url, [...protocols]);
    socket.onopen = () => events.opened();
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") events.message(data);
    };
    // An error is always followed by a close, which says more.
    socket.onclose = ({ code, reason }) => events.closed(code, reason);
    return {
      // On a socket that is no longer open the browser drops the text; `closed` is on its way and repairs it.
      send: (text) => socket.send(text),
      close: () => socket.close(1000),
    };
  },
};
