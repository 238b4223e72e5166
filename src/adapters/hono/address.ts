/**
 * Where a connection comes from (L2). On Cloud Run that is the last entry of X-Forwarded-For, which Google's front end appends; what stands before it
 * is whatever the client wrote. Elsewhere the header is not believed at all.
 */
const BEHIND_FRONT_END = process.env["K_SERVICE"] !== undefined;

export const addressOf = (forwarded: string | undefined, peer: string | undefined): string => {
  const last = BEHIND_FRONT_END ? forwarded?.split(",").at(-1)?.trim() : undefined;
  return last ?? peer ?? "unknown";
};
