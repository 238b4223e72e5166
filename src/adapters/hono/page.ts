/**
 * Serves the chat page, which Vite has built into dist/web. Its headers allow only the files of the page to
 * run.
 */
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono } from "hono";
import { secureHeaders, type ContentSecurityPolicyOptionHandler } from "hono/secure-headers";
import type { Env } from "./dependencies.ts";

const PAGE = new URL("../../../dist/web/", import.meta.url);
const A_YEAR = "public, max-age=31536000, immutable";

export const pageRoutes = (app: Hono<Env>): void => {
  // The build has made compressed copies beside the files.
  const built = { root: decodeURIComponent(PAGE.pathname), precompressed: true };
  app.use("/assets/*", async (c, next) => {
    await next();
    if (c.res.ok) c.res.headers.set("Cache-Control", A_YEAR);
  });
  app.get("/assets/*", serveStatic(built));
  const index = serveStatic({ ...built, path: "index.html" });
  // The document names the files of a build, and the worker names the newest build, so caches must revalidate
  // both.
  app.use("/*", async (c, next) => {
    await next();
    if (c.res.ok && !c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-cache");
  });
  app.get("/sw.js", async (c, next) => {
    await next();
    c.res.headers.set("Service-Worker-Allowed", "/");
  });
  app.get("/", index);
  app.get("/r/*", index);
  app.get("/*", serveStatic(built));
};

/**
 * The WebSocket origins of the page itself, because some browsers do not count them as 'self'. It is not
 * known whether a proxy terminates TLS, so both schemes are listed.
 */
const socketOrigins: ContentSecurityPolicyOptionHandler = (c) => {
  const { host } = new URL(c.req.url);
  return /^[\w.:[\]-]+$/.test(host) ? `ws://${host} wss://${host}` : "";
};

export const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    connectSrc: ["'self'", socketOrigins],
    workerSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  // The proxy that terminates TLS decides about this header.
  strictTransportSecurity: false,
});
