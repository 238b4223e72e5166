/**
 * The chat page: built by Vite into dist/web, served with headers that let it run nothing but its own files.
 */
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Env } from "./house.ts";

const PAGE = new URL("../../../dist/web/", import.meta.url);
const A_YEAR = "public, max-age=31536000, immutable";

export const pageRoutes = (app: Hono<Env>): void => {
  const root = decodeURIComponent(PAGE.pathname);
  app.use("/assets/*", async (c, next) => {
    await next();
    if (c.res.ok) c.res.headers.set("Cache-Control", A_YEAR);
  });
  app.get("/assets/*", serveStatic({ root }));
  const index = serveStatic({ root, path: "index.html" });
  app.get("/", index);
  app.get("/r/*", index);
  app.get("/*", serveStatic({ root }));
};

export const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    connectSrc: ["'self'", "ws:", "wss:"],
    imgSrc: ["'self'", "data:"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  // Whether the page is served over TLS is for whoever terminates it to say.
  strictTransportSecurity: false,
});
