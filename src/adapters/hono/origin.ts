/**
 * Checks the origin of a page (W3). The server's own origin and those on the list are allowed. A client that
 * sends no Origin is not a browser.
 */
const parse = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

export const originAllowed = (headers: Headers, allowed: ReadonlySet<string>): boolean => {
  const origin = headers.get("origin");
  if (origin === null || allowed.has(origin)) return true;
  const url = parse(origin);
  const host = headers.get("host");
  if (url === undefined || host === null) return false;
  // The scheme is not known behind a proxy that ends TLS. So only host and port are compared, in the same
  // normal form.
  return url.host === parse(`${url.protocol}//${host}`)?.host;
};
