/**
 * Requests of one connection in turn: a request that was pipelined behind another one waits until that is
 * answered (D8). So a client that sends and never reads has one answer made for it, however many it asks
 * for.
 *
 * Always true: nothing waits for a connection that is gone.
 */
import type { MiddlewareHandler } from "hono";
import type { Socket } from "node:net";
import type { Env } from "./dependencies.ts";

/** What waits on a connection, in order. The first is being answered. */
const WAITING = new WeakMap<Socket, (() => void)[]>();

const waitingOn = (socket: Socket): (() => void)[] => {
  const known = WAITING.get(socket);
  if (known !== undefined) return known;
  const waiting: (() => void)[] = [];
  WAITING.set(socket, waiting);
  socket.once("close", () => {
    for (const proceed of waiting.splice(0)) proceed();
  });
  return waiting;
};

export const oneAtATime: MiddlewareHandler<Env> = async (c, next) => {
  const { incoming, outgoing } = c.env;
  // An upgrade takes over its connection, and has no response of its own.
  if (outgoing === undefined) return next();
  const { socket } = incoming;
  const waiting = waitingOn(socket);
  outgoing.once("close", () => {
    waiting.shift();
    waiting[0]?.();
  });
  await new Promise<void>((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) resolve();
  });
  return socket.destroyed ? c.body(null, 400) : next();
};
