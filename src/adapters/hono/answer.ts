/**
 * An answer over HTTP on its way to the client, as the instance's clock sees it: ended where the client
 * takes in nothing (D8), and counted among the unsent bytes until it has left.
 */
import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";
import type { Presence } from "../../app/ports/presence-board.ts";
import { Liveness } from "../../app/session/liveness.ts";
import type { OpenConnection } from "../../app/session/open-connection.ts";
import type { Env, HttpDependencies } from "./dependencies.ts";
import { takenBytes } from "./taken-bytes.ts";

const NO_PRESENCES: readonly Presence[] = [];

class Answer implements OpenConnection {
  /** It is asked to move nowhere: it is over soon. */
  readonly ready = false;
  readonly #bindings: HttpBindings;
  readonly #heartbeatMs: number;
  readonly #liveness: Liveness;
  #nextLookAt: number;

  constructor(bindings: HttpBindings, heartbeatMs: number, now: number) {
    this.#bindings = bindings;
    this.#heartbeatMs = heartbeatMs;
    this.#liveness = new Liveness(this, now);
    this.#nextLookAt = now + heartbeatMs;
  }

  get unsent(): number {
    return this.#bindings.outgoing.writableLength;
  }

  get taken(): number {
    return takenBytes(this.#bindings.incoming.socket);
  }

  presences(): readonly Presence[] {
    return NO_PRESENCES;
  }

  tick(now: number, stalledMs: number): void {
    this.#liveness.stalled(stalledMs, now);
    if (now < this.#nextLookAt) return;
    this.#nextLookAt = now + this.#heartbeatMs;
    this.#liveness.look(now, true);
    if (this.#liveness.isStuck(now, this.#heartbeatMs)) this.cut();
  }

  goAway(): void {}

  endForShutdown(): void {}

  cut(): void {
    this.#bindings.incoming.socket.destroy();
  }
}

/** Has the clock look after each answer. Event streams look after themselves. */
export const lookAfterAnswers =
  ({
    gateway,
    settings,
    now,
  }: Pick<HttpDependencies, "gateway" | "settings" | "now">): MiddlewareHandler<Env> =>
  async (c, next) => {
    await next();
    const { outgoing } = c.env;
    const isStream = c.res.headers.get("content-type")?.startsWith("text/event-stream") === true;
    if (outgoing === undefined || outgoing.destroyed || isStream) return;
    const answer = new Answer(c.env, settings.heartbeatMs, now());
    const forget = gateway.lookAfter(answer);
    const { socket } = c.env.incoming;
    // A socket carries many answers, so each takes its listener away again.
    const end = (): void => {
      socket.off("close", end);
      forget();
    };
    outgoing.once("close", end);
    socket.once("close", end);
  };
