/**
 * Mistakes of a program that uses the client: each throws an error that names its remedy.
 */
import { afterEach, expect, test, vi } from "vitest";
import { connect } from "../../src/client/chat/connect.ts";
import { platformSockets } from "../../src/client/platform/socket.ts";
import { servedWorld } from "./given.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("[W1] `connect` names the remedy on a platform without a WebSocket", () => {
  vi.stubGlobal("WebSocket", undefined);
  const chat = () => connect({ url: "ws://chat.example/ws", name: "Ada" });
  expect(chat).toThrow(TypeError);
  expect(chat).toThrow("Node 22");
  expect(chat).toThrow("openSocket: platformSockets(WebSocket)");
});

test("[W1] a WebSocket that is passed in takes the place of a missing one", () => {
  vi.stubGlobal("WebSocket", undefined);
  const opened: string[] = [];
  class Silent {
    readonly readyState = 0;
    constructor(url: string) {
      opened.push(url);
    }
    send(): void {}
    close(): void {}
    addEventListener(): void {}
  }
  const chat = connect({
    url: "ws://chat.example/ws",
    name: "Ada",
    openSocket: platformSockets(Silent),
  });
  chat.close();
  expect(opened).toEqual(["ws://chat.example/ws"]);
});

test("[W7] `on` throws for a name that is no event, and names those that are", () => {
  const { chat } = servedWorld();
  const room = chat.join("lobby");
  // As plain JavaScript calls it.
  const listen = (type: string): unknown => Reflect.apply(room.on, room, [type, () => {}]);
  expect(() => listen("mesage")).toThrow(TypeError);
  expect(() => listen("mesage")).toThrow('no event "mesage"');
  expect(() => listen("typists")).toThrow("room.subscribe");
  expect(() => listen("message")).not.toThrow();
});
