/**
 * The answer to a `hello`: who the user is, and what the connection may do.
 */
import type { ConnectionId } from "../../domain/presence.ts";
import { encodeFrame } from "../../wire/encode.ts";
import { PROTOCOL } from "../../wire/protocol.ts";
import { limitsOf, type Settings } from "../instance/settings.ts";
import type { Greeted } from "../ports/identity.ts";

export const welcomeFrame = (
  { user: { id, name }, token }: Greeted,
  connection: ConnectionId,
  settings: Settings["Service"],
): string =>
  encodeFrame({
    type: "welcome",
    protocol: PROTOCOL,
    user: { id, name },
    token,
    connection,
    heartbeatMs: settings.heartbeatMs,
    limits: limitsOf(settings),
  });
