/**
 * A minimal client of the service's HTTP side (H3, H5).
 */
import { exactly, GuestSchema } from "./wire-schema.ts";

/** A complete response. JSON is parsed. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly type: string;
  readonly body: unknown;
}

const JSON_TYPE = /^application\/(\w+\+)?json\b/;

export const request = async (url: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(url, init);
  const { status, headers } = response;
  const type = headers.get("content-type") ?? "";
  const body: unknown = JSON_TYPE.test(type) ? await response.json() : await response.text();
  return { status, headers, type, body };
};

const json = (body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

/** H5. A string is sent as it is. */
export const postGuest = (url: string, body: unknown): Promise<Answer> =>
  request(`${url}/api/guests`, json(body));

export const newGuest = async (url: string, name: string): Promise<typeof GuestSchema.Type> =>
  exactly(GuestSchema, (await postGuest(url, { name })).body);

export interface Sender {
  readonly token?: string;
  readonly key?: string;
}

/** H3. A string is sent as it is. */
export const postMessage = (
  url: string,
  room: string,
  { token, key }: Sender,
  body: unknown,
): Promise<Answer> =>
  request(
    `${url}/api/rooms/${encodeURIComponent(room)}/messages`,
    json(body, {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(key !== undefined && { "idempotency-key": key }),
    }),
  );
