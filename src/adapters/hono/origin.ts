/**
 * Which pages may talk to this server (W3): its own, and those on the list. What sends no Origin is no browser.
 */
const parse = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

export const originAllowed = (headers: Headers, allowed: ReadonlySet<string>): boolean => {
  const origin = headers.get("origin");
  if (origin === null || allowed.has(origin)) return true;
  const url = parse(origin);
  const host = headers.get("host");
  if (url === undefined || host === null) return false;
  // The scheme in front of a proxy that ends TLS is not known here; host and port are, with the default port left out alike.
  return url.host === parse(`${url.protocol}//${host}`)?.host;
};
