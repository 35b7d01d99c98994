/** Opens one WebSocket. Everything is called at most once a socket, in this order: opened, message*, closed. */
export interface Sockets {
  connect(request: SocketRequest, events: SocketEvents): Socket;
}

export type SocketRequest = { readonly url: string; readonly protocols: readonly string[] };

export type SocketEvents = {
  readonly opened: () => void;
  readonly message: (text: string) => void;
  /** Also when it never opened. `opened` was not called before: the handshake was refused or the line is dead. */
  readonly closed: (code: number, reason: string) => void;
};

export interface Socket {
  send(text: string): void;
  close(): void;
}
