// A member of the same conversations without our client: whoever holds a token may say what they like.

import { WebSocket } from "ws";
import { SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX, VERSION } from "../../../core/protocol/version";
import type { DeviceWorld } from "./device";
import type { Member } from "./people";

const AGAIN_MS = 500;

export class RawMember {
  private socket: WebSocket | undefined;
  private asked = 0;
  private opened = 0;
  /** How often it has come and gone: what was set going before is of another life. */
  private life = 0;

  constructor(
    private readonly world: DeviceWorld,
    readonly name: string,
    readonly member: Member,
  ) {
    this.come();
  }

  come(): void {
    const { name, member } = this;
    this.world.recorder.tell({ is: "tab", tab: name, profile: name, user: member.user, store: "new" });
    void this.open(this.life);
  }

  /** `ref` is put in where the frame has none. False: nobody could hear it. */
  say(frame: object | string): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    const text =
      typeof frame === "string" ? frame : JSON.stringify({ ref: `raw${(this.asked += 1)}`, ...frame });
    this.tell("hostile", text);
    this.socket.send(text);
    return true;
  }

  leave(): void {
    this.life += 1;
    this.socket?.terminate();
    this.world.recorder.tell({ is: "tab-gone", tab: this.name });
  }

  private async open(life: number): Promise<void> {
    const { cloud } = this.world;
    const token = cloud.isUp
      ? await this.member.tokens
          .access({ fresh: false, now: cloud.time.now() })
          .catch(() => "unreachable" as const)
      : "unreachable";
    if (typeof token === "string") return this.again(life);
    if (this.life !== life) return;
    const socket = new WebSocket(cloud.place.socketUrl, [SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + token.jwt]);
    this.socket = socket;
    this.opened += 1;
    socket.on("open", () => this.say({ action: "hello", device: this.name, version: VERSION }));
    socket.on("message", (body: Buffer) => this.life !== life || this.tell("heard", body.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => this.again(life));
  }

  private again(life: number): void {
    setTimeout(() => this.life === life && void this.open(life), AGAIN_MS);
  }

  private tell(is: "hostile" | "heard", text: string): void {
    this.world.recorder.tell({ is, tab: this.name, socket: `${this.name}#${this.opened}`, text });
  }
}
