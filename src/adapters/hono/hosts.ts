/**
 * The hosts by which the service may be addressed (W3). A page of a foreign site whose name resolves to this
 * server (DNS rebinding) sends that name in `Host`, and its origin is then the server's own: only this list
 * tells the two apart.
 *
 * Always true: an entry without a port allows every port of its host. An entry with a port allows only that
 * port.
 */
import type { MiddlewareHandler } from "hono";
import type { Env } from "./dependencies.ts";

const HEALTH = /^\/health\/(?:live|ready)$/;

export const hostAllowed = (host: string | undefined, allowed: ReadonlySet<string>): boolean => {
  if (allowed.size === 0) return true;
  if (host === undefined) return false;
  const name = host.toLowerCase();
  return allowed.has(name) || allowed.has(name.replace(/:\d+$/, ""));
};

/** Answers 421 to a request with another host, except for health checks. */
export const onlyAllowedHosts =
  (allowed: ReadonlySet<string>): MiddlewareHandler<Env> =>
  async (c, next) => {
    // A request may name its host twice: in `Host`, and in a target in absolute form.
    const isAbsolute = c.env.incoming.url?.startsWith("/") === false;
    const isAllowed =
      hostAllowed(c.req.header("host"), allowed) &&
      (!isAbsolute || hostAllowed(new URL(c.req.url).host, allowed));
    return isAllowed || HEALTH.test(c.req.path) ? next() : c.text("This host is not served here.\n", 421);
  };
