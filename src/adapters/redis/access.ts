/**
 * How to reach Redis: its servers, the credentials and the certificates to trust.
 */
import { readFile } from "node:fs/promises";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A password from a file is read again for each new connection, because it may expire. */
export type Password =
  | { readonly from: "setting"; readonly text: string }
  | { readonly from: "file"; readonly path: string };

export interface Credentials {
  readonly username: string | undefined;
  readonly password: Password | undefined;
}

export interface Tls {
  /** The authorities to trust, as PEM. Undefined: those of the system. */
  readonly ca: readonly string[] | undefined;
  /** The name that the certificate must have. Undefined: the host. */
  readonly serverName: string | undefined;
}

/** A sentinel has its own credentials. */
export interface SentinelServer {
  readonly address: Address;
  readonly credentials: Credentials;
}

export type Servers =
  | { readonly mode: "single"; readonly address: Address }
  | { readonly mode: "sentinel"; readonly master: string; readonly sentinels: readonly SentinelServer[] }
  | { readonly mode: "cluster"; readonly nodes: readonly Address[] };

export interface RedisAccess {
  readonly servers: Servers;
  /** The credentials of the data nodes. */
  readonly credentials: Credentials;
  readonly database: number;
  readonly tls: Tls | undefined;
}

export const NO_CREDENTIALS: Credentials = { username: undefined, password: undefined };

export const addressText = ({ host, port }: Address): string =>
  `${host.includes(":") ? `[${host}]` : host}:${port}`;

export const sameAddress = (one: Address, other: Address): boolean =>
  one.host === other.host && one.port === other.port;

/** Secrets are often written with a line break at their end, which is no part of them. */
export const withoutLineBreak = (text: string): string => text.replace(/\r?\n$/, "");

/** The arguments of AUTH, or undefined if there are no credentials. */
export const authWords = async ({
  username,
  password,
}: Credentials): Promise<readonly string[] | undefined> => {
  const text = password === undefined ? undefined : await passwordText(password);
  if (username !== undefined) return [username, text ?? ""];
  return text === undefined ? undefined : [text];
};

const passwordText = async (password: Password): Promise<string> => {
  if (password.from === "setting") return password.text;
  const text = await readFile(password.path, "utf8").catch((error: unknown) => {
    throw new Error("REDIS_PASSWORD_FILE can't be read", { cause: error });
  });
  const line = withoutLineBreak(text);
  if (line === "") throw new Error("REDIS_PASSWORD_FILE is empty");
  return line;
};
