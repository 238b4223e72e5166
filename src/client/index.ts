/**
 * The typed client of a Gapless service, for browsers and Node. This file is its only entry for users. It
 * needs no package.
 *
 *     import { connect } from "gapless/client"
 *     const chat = connect({ url: "ws://localhost:8080/ws", name: "Ada" })
 *     const room = chat.join("lobby")
 *     room.on("message", (m) => console.log(m.author.name, m.text))
 *     await room.post("Hello")
 */
export { connect } from "./chat/connect.ts";
export type { ConnectOptions } from "./chat/connect-options.ts";
export type { Chat, ChatChange } from "./chat/chat.ts";
export type { ChatStatus } from "./connection/chat-status.ts";
export type { StopReason } from "./connection/close-codes.ts";
export type { CachedRoom, JoinOptions } from "./room/join-options.ts";
export type { Gap, Item, PostOptions, Room, RoomChange, RoomStatus, TextMessage } from "./room/room.ts";
export type { Command } from "./connection/client-message.ts";
export type { Failure, FailureCode, Pending, Sent } from "./outbox/command.ts";
export { CommandFailed } from "./outbox/command-failed.ts";
export type { Unsubscribe } from "./listeners.ts";
export { systemClock, type Clock } from "./platform/clock.ts";
export { platformSockets, type OpenSocket, type Socket, type SocketHandlers } from "./platform/socket.ts";
export { memoryStore, webStore, type Store, type WebStorage } from "./platform/store.ts";
export type { Author, RoomEvent } from "../domain/event.ts";
export type { IdempotencyKey } from "../domain/idempotency-key.ts";
export type { Message, Reaction } from "../domain/message.ts";
export { comparePositions, parsePosition, timeOf, type Position } from "../domain/position.ts";
export { parseRoomName, type RoomName } from "../domain/room-name.ts";
export { memberCount, type Roster } from "../domain/roster.ts";
export { parseUserName, type UserId } from "../domain/user.ts";
export { countCharacters } from "../domain/characters.ts";
export type { Limits } from "../wire/server-frame.ts";
