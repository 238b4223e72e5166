/**
 * Mutates valid input, controlled by a seed: it replaces values by unusual ones, removes or repeats fields,
 * and changes bytes of the text.
 */
import type { SeededRandom } from "../support/seeded-random.ts";

type Json = unknown;

const ODD_VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -0,
  2 ** 53,
  "",
  " ",
  "0-0",
  "1-1",
  "18446744073709551616-0",
  "-1-0",
  "\u0000",
  "\ud800",
  "\udc00x",
  "\u202etxt",
  "\u2028",
  "👩‍👩‍👧‍👦",
  "👍🏽",
  "__proto__",
  "constructor",
  "é".normalize("NFD"),
  "x".repeat(5_000),
  "\u{1d173}".repeat(50),
  [],
  {},
  [[[[[[]]]]]],
  { toString: 1 },
  { ref: { ref: {} } },
];

const FIELDS = [
  "ref",
  "room",
  "key",
  "text",
  "message",
  "emoji",
  "on",
  "after",
  "before",
  "limit",
  "name",
  "token",
  "type",
  "replyTo",
  "__proto__",
] as const;

const mutateText = (text: string, random: SeededRandom): string => {
  const at = random.below(text.length + 1);
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(at);
    case 2:
      return text.slice(0, at) + String.fromCharCode(random.below(65_536)) + text.slice(at + 1);
    case 3:
      return text.slice(0, at) + text.slice(0, random.below(200)) + text.slice(at);
    case 4:
      return (
        text.slice(0, at) + random.pick(['"', "\\", "{", "}", "[", "]", ",", ":", "\u0000"]) + text.slice(at)
      );
    default:
      return text.repeat(1 + random.below(3));
  }
};

/** Changes one to three fields of an object, and sometimes its text. The result need not be JSON. */
export const mutateJson = (valid: Readonly<Record<string, Json>>, random: SeededRandom): string => {
  const fields = new Map<string, Json>(Object.entries(valid));
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    const name = random.below(3) === 0 ? random.pick(FIELDS) : random.pick([...fields.keys(), "type"]);
    switch (random.below(4)) {
      case 0:
        fields.delete(name);
        break;
      case 1: {
        const value = fields.get(name);
        fields.set(name, typeof value === "string" ? mutateText(value, random) : random.pick(ODD_VALUES));
        break;
      }
      default:
        fields.set(name, random.pick(ODD_VALUES));
    }
  }
  const text = `{${[...fields].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;
  return random.below(6) === 0 ? mutateText(text, random) : text;
};

/** Changes up to three places of a text. */
export const mutate = (valid: string, random: SeededRandom): string => {
  let text = valid;
  for (let times = 1 + random.below(3); times > 0; times -= 1) text = mutateText(text, random);
  return text;
};
