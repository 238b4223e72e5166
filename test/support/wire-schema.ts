/**
 * The server's frames as the tables of SPEC.md define them, written independently of the server. A missing
 * field, an unknown field or a field of another type is an error, in every frame that a test receives.
 */
import { Result, Schema, SchemaIssue, SchemaParser } from "effect";

const Position = Schema.String.check(Schema.isPattern(/^(0|[1-9]\d*)-(0|[1-9]\d*)$/));
const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0));
const User = Schema.Struct({ id: Schema.NonEmptyString, name: Schema.NonEmptyString });
const Head = Schema.Struct({ id: Position, seq: Count });

const place = { id: Position, seq: Count, by: User };
const key = Schema.NonEmptyString;
/** The text of a message, or the mark that it was deleted (D6). */
const words = { text: Schema.optionalKey(Schema.String), deleted: Schema.optionalKey(Schema.Literal(true)) };

export const EventSchema = Schema.Union([
  Schema.Struct({ ...place, type: Schema.Literal("member.joined") }),
  Schema.Struct({ ...place, type: Schema.Literal("member.left") }),
  Schema.Struct({
    ...place,
    type: Schema.Literal("message.posted"),
    key,
    replyTo: Schema.optionalKey(Position),
    ...words,
  }),
  Schema.Struct({ ...place, type: Schema.Literal("message.edited"), key, message: Position, ...words }),
  Schema.Struct({ ...place, type: Schema.Literal("message.deleted"), key, message: Position }),
  Schema.Struct({
    ...place,
    type: Schema.Literal("reaction.added"),
    key,
    message: Position,
    emoji: Schema.String,
  }),
  Schema.Struct({
    ...place,
    type: Schema.Literal("reaction.removed"),
    key,
    message: Position,
    emoji: Schema.String,
  }),
]);
export type Event = typeof EventSchema.Type;

const events = Schema.Array(EventSchema);
const room = Schema.NonEmptyString;
const ref = Schema.NonEmptyString;

const ErrorCode = Schema.Literals([
  ...(["bad_frame", "not_joined", "already_joined", "bad_room", "bad_name", "bad_text", "bad_key"] as const),
  ...(["bad_emoji", "too_long", "rate_limited", "forbidden", "not_found", "too_many_rooms"] as const),
  "unavailable",
]);

const FrameSchema = Schema.Union([
  Schema.Struct({
    type: Schema.Literal("welcome"),
    protocol: Schema.Literal(1),
    user: User,
    token: Schema.NonEmptyString,
    connection: Schema.NonEmptyString,
    heartbeatMs: Count,
    limits: Schema.Struct({
      textLength: Count,
      roomsPerConnection: Count,
      messagesPerSecond: Schema.Number,
      burst: Count,
    }),
  }),
  Schema.Struct({
    type: Schema.Literal("joined"),
    ref: Schema.optionalKey(ref),
    room,
    replay: Schema.Literals(["recent", "resumed", "reset"]),
    reason: Schema.optionalKey(Schema.Literals(["trimmed", "unknown"])),
    head: Head,
    events,
    more: Schema.Boolean,
    members: Schema.Array(User),
    memberCount: Count,
  }),
  Schema.Struct({ type: Schema.Literal("left"), ref, room }),
  Schema.Struct({
    type: Schema.Literal("left"),
    room,
    reason: Schema.Literals(["removed", "forbidden"]),
  }),
  Schema.Struct({ type: Schema.Literal("events"), room, events: events.check(Schema.isMinLength(1)) }),
  Schema.Struct({
    type: Schema.Literal("ack"),
    ref,
    room,
    id: Position,
    seq: Count,
    duplicate: Schema.Boolean,
  }),
  Schema.Struct({ type: Schema.Literal("page"), ref, room, events, more: Schema.Boolean }),
  Schema.Struct({ type: Schema.Literal("signal"), room, kind: Schema.Literal("typing"), user: User }),
  Schema.Struct({ type: Schema.Literal("members"), room, memberCount: Count }),
  Schema.Struct({ type: Schema.Literal("heartbeat"), heads: Schema.Record(Schema.String, Count) }),
  Schema.Struct({
    type: Schema.Literal("goaway"),
    reason: Schema.Literals(["rotation", "shutdown", "upgrade"]),
    afterMs: Count,
    deadlineMs: Count,
  }),
  Schema.Struct({
    type: Schema.Literal("error"),
    ref: Schema.optionalKey(ref),
    code: ErrorCode,
    message: Schema.NonEmptyString,
    retryAfterMs: Schema.optionalKey(Count),
  }),
]);
export type Frame = typeof FrameSchema.Type;
export type FrameOf<T extends Frame["type"]> = Extract<Frame, { readonly type: T }>;

export const PageSchema = Schema.Struct({ events, more: Schema.Boolean, head: Head });
export const StoredSchema = Schema.Struct({ id: Position, seq: Count, duplicate: Schema.Boolean });
export const GuestSchema = Schema.Struct({ user: User, token: Schema.NonEmptyString });

const format = SchemaIssue.makeFormatterStandardSchemaV1();

/** Returns the value if it matches the schema exactly. Otherwise throws all the differences. */
export const exactly = <S extends Schema.Decoder<unknown>>(schema: S, value: unknown): S["Type"] => {
  const parsed = SchemaParser.decodeUnknownResult(schema)(value, {
    errors: "all",
    onExcessProperty: "error",
  });
  if (Result.isSuccess(parsed)) return parsed.success;
  const issues = format(parsed.failure).issues.map(
    ({ message, path }) => `${(path ?? []).map(String).join(".")}: ${message}`,
  );
  throw new Error(
    `not what the SPEC says: ${issues.join("; ")} in ${JSON.stringify(value)?.slice(0, 1000) ?? "undefined"}`,
  );
};

export const decodeFrame = (text: string): Frame => exactly(FrameSchema, JSON.parse(text));
