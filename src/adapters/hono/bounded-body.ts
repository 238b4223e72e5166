/**
 * Reads the body of a request before its route runs, and no further than 64 KiB (D8).
 *
 * Always true: a body without a declared length is counted while it is read. Beyond the bound nothing more is
 * read, the answer is 413, and the connection ends. So a body costs at most 64 KiB of memory, on every path
 * and with every method.
 */
import type { MiddlewareHandler } from "hono";
import type { IncomingMessage } from "node:http";
import { MAX_FRAME_BYTES } from "../../wire/protocol.ts";
import type { Env } from "./dependencies.ts";
import { problem } from "./problem.ts";

/**
 * The time for which the connection stays open after a 413. Closing at once would reset it, because bytes of
 * the body are still unread, and the client could lose the answer.
 */
const LINGER_MS = 500;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** The body. Undefined if it is too large. Rejects if the client is gone before the end of the body. */
const readBody = (incoming: IncomingMessage): Promise<Uint8Array | undefined> => {
  if (Number(incoming.headers["content-length"] ?? 0) > MAX_FRAME_BYTES) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const onData = (chunk: Uint8Array): void => {
      length += chunk.length;
      if (length <= MAX_FRAME_BYTES) return void chunks.push(chunk);
      incoming.off("data", onData);
      incoming.pause();
      chunks.length = 0;
      resolve(undefined);
    };
    incoming.on("data", onData);
    incoming.once("end", () => resolve(Buffer.concat(chunks)));
    incoming.once("error", reject);
    incoming.once("close", () => reject(new Error("the client is gone")));
  });
};

const tooLarge = (): Response => {
  const { status, headers, body } = problem("too_large", "A request body may have at most 64 KiB.");
  headers.set("Connection", "close");
  const lingering = body?.pipeThrough(
    new TransformStream({
      flush: () =>
        new Promise<void>((resolve) => {
          setTimeout(resolve, LINGER_MS);
        }),
    }),
  );
  return new Response(lingering ?? null, { status, headers });
};

export const boundedBody: MiddlewareHandler<Env> = async (c, next) => {
  const { incoming, outgoing } = c.env;
  // An upgrade has no response of its own, and no body.
  const isUpgrade = outgoing === undefined;
  if (isUpgrade || !hasBody(incoming)) return next();
  const body = await readBody(incoming).catch(() => "cut" as const);
  if (body === "cut") return c.body(null, 400);
  if (body === undefined) return tooLarge();
  c.set("body", body);
  return next();
};
