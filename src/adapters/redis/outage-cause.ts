/**
 * Says in words why Redis can't be reached. The text never contains a password.
 */

const CERTIFICATE =
  /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_|CERT_|ERR_TLS_CERT_ALTNAME_INVALID)/;
const CREDENTIALS = /^(?:WRONGPASS|NOAUTH|ERR (?:AUTH|invalid password)|NOPERM)/;

const codeOf = (error: Error): string =>
  "code" in error && typeof error.code === "string" ? error.code : "";

/** A host with several addresses gives an error for each of them. */
const messageOf = (error: Error): string =>
  error instanceof AggregateError
    ? error.errors.map((one) => (one instanceof Error ? one.message : String(one))).join("; ")
    : error.message;

export const causeText = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause);
  const code = codeOf(cause);
  const message = messageOf(cause) || code;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return `the certificate of Redis bears another name (REDIS_SERVERNAME): ${message}`;
  }
  if (CERTIFICATE.test(code)) return `the certificate of Redis is not trusted (REDIS_CA): ${message}`;
  if (cause.name === "ReplyError" && CREDENTIALS.test(message)) {
    return `Redis refuses the credentials: ${message}`;
  }
  return cause.cause === undefined ? message : `${message}: ${causeText(cause.cause)}`;
};
