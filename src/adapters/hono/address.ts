/**
 * The address of a connection (L2). On Cloud Run it is the last entry of X-Forwarded-For, which Google's
 * front end appends. The client may have written the entries before it. Elsewhere the header is ignored.
 */
const BEHIND_FRONT_END = process.env["K_SERVICE"] !== undefined;

export const addressOf = (forwarded: string | undefined, peer: string | undefined): string => {
  const last = BEHIND_FRONT_END ? forwarded?.split(",").at(-1)?.trim() : undefined;
  return last ?? peer ?? "unknown";
};
