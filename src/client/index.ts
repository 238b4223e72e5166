/**
 * The typed client of a Gapless service, for browsers and Node. It depends on nothing but the domain and the wire.
 *
 *     import { connect } from "gapless/client"
 *     const chat = connect({ url: "ws://localhost:8080/ws", name: "Ada" })
 *     const room = chat.join("lobby")
 *     room.on("message", (m) => console.log(m.author.name, m.text))
 *     await room.post("Hello")
 */
export { connect } from "./chat/connect.ts";
export { CommandFailed } from "./outbox/command-failed.ts";
export { memoryStore, webStore, type Store, type WebStorage } from "./platform/store.ts";
export { platformSockets, type OpenSocket, type Socket, type SocketHandlers } from "./platform/socket.ts";
export { systemClock, type Clock } from "./platform/clock.ts";
export type {
  Chat,
  ChatChange,
  ChatStatus,
  ConnectOptions,
  JoinOptions,
  CachedRoom,
  StopReason,
} from "./chat/chat.ts";
export type { Unsubscribe } from "./listeners.ts";
export type {
  Command,
  Failure,
  FailureCode,
  Gap,
  Item,
  Pending,
  PostOptions,
  Room,
  RoomChange,
  RoomStatus,
  Sent,
} from "./room/room.ts";
export type { Author, RoomEvent } from "../domain/event.ts";
export type { IdempotencyKey } from "../domain/idempotency-key.ts";
export type { Message, Reaction } from "../domain/message.ts";
export { comparePositions, parsePosition, timeOf, type Position } from "../domain/position.ts";
export { parseRoomName, type RoomName } from "../domain/room-name.ts";
export { memberCount, type Roster } from "../domain/roster.ts";
export { parseUserName, type UserId } from "../domain/user.ts";
export { countCharacters } from "../domain/characters.ts";
export type { Limits } from "../wire/server-frame.ts";
