// A socket without a client: whoever holds a token may say what they like.

import { SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX, VERSION } from "../../../core/protocol/version";
import type { UserId } from "../../../core/domain/ids";
import type { NamedSocket } from "./gateway";
import type { World } from "./world";

export class RawSocket {
  private socket: NamedSocket | undefined;
  private asked = 0;

  constructor(
    private readonly world: World,
    readonly name: string,
    readonly user: UserId,
  ) {
    world.recorder.tell({ is: "tab", tab: name, profile: name, user, store: "new" });
    this.open();
  }

  /** `ref` is put in where the frame has none. */
  say(frame: object | string): void {
    const text =
      typeof frame === "string" ? frame : JSON.stringify({ ref: `raw${(this.asked += 1)}`, ...frame });
    this.socket?.send(text);
  }

  leave(): void {
    this.socket?.close();
    this.socket = undefined;
    this.world.recorder.tell({ is: "tab-gone", tab: this.name });
  }

  private open(): void {
    const { gateway, recorder, tokens } = this.world;
    const line = { tab: this.name, user: this.user, alive: true, isHostile: true as const };
    const { jwt } = tokens.issue(this.user);
    const request = { url: "", protocols: [SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + jwt] };
    const socket = gateway.connect(line, request, {
      opened: () => this.say({ action: "hello", device: "mallory-raw", version: VERSION }),
      message: (text) => recorder.tell({ is: "heard", tab: this.name, socket: socket.connection, text }),
      closed: () => void (this.socket === socket && this.open()),
    });
    this.socket = socket;
  }
}
