/** The values that the page saves on a device, also where that has no room or forbids it. */
import { expect, test } from "vitest";
import { SavedValues } from "../../web/storage/saved-values.ts";
import type { KeyValueStorage } from "../../web/device/device.ts";

class GivenStorage implements KeyValueStorage {
  readonly values = new Map<string, string>();
  fault: "none" | "full" | "forbidden" = "none";
  tell: (key: string, value: string | undefined) => void = () => {};

  readonly get = (key: string): string | undefined => this.#read().get(key);
  readonly keys = (): readonly string[] => [...this.#read().keys()];
  readonly remove = (key: string): void => void this.#read().delete(key);
  readonly set = (key: string, value: string): void => {
    if (this.fault === "full") throw new Error("full");
    this.#read().set(key, value);
  };
  readonly onChangeElsewhere = (listener: (key: string, value: string | undefined) => void) => {
    this.tell = listener;
    return () => (this.tell = () => {});
  };

  #read(): Map<string, string> {
    if (this.fault === "forbidden") throw new Error("forbidden");
    return this.values;
  }
}

const given = () => {
  const storage = new GivenStorage();
  return { storage, saved: new SavedValues(storage) };
};

test("[D2] a value is stored under the page's prefix, read, and removed", () => {
  const { storage, saved } = given();
  saved.write("draft.lobby", "half a");
  expect([...storage.values]).toEqual([["gapless.draft.lobby", "half a"]]);
  expect(saved.read("draft.lobby")).toBe("half a");
  saved.write("draft.lobby", undefined);
  expect(saved.read("draft.lobby")).toBeUndefined();
  expect(storage.values.size).toBe(0);
  expect(saved.isIncomplete.value).toBe(false);
});

test("[D2] a value that a full storage refuses is held, and offered again with the next write", () => {
  const { storage, saved } = given();
  storage.fault = "full";
  saved.write("name", "Ada");
  saved.write("draft.lobby", "half a");
  expect(saved.read("name")).toBe("Ada");
  expect(saved.isIncomplete.value).toBe(true);
  storage.fault = "none";
  saved.write("theme", "dark");
  expect(Object.fromEntries(storage.values)).toEqual({
    "gapless.name": "Ada",
    "gapless.draft.lobby": "half a",
    "gapless.theme": "dark",
  });
  expect(saved.isIncomplete.value).toBe(false);
});

test("[D2] a removal that is refused is held as well: the old value does not come back", () => {
  const { storage, saved } = given();
  saved.write("name", "Ada");
  storage.fault = "forbidden";
  saved.write("name", undefined);
  expect(saved.read("name")).toBeUndefined();
  storage.fault = "none";
  saved.write("theme", "dark");
  expect(storage.values.has("gapless.name")).toBe(false);
});

test("[D2] a storage that is forbidden is reported when a value is read", () => {
  const { storage, saved } = given();
  storage.fault = "forbidden";
  expect(saved.read("name")).toBeUndefined();
  expect(saved.isIncomplete.value).toBe(true);
  saved.forgetPerson();
  expect(saved.isIncomplete.value).toBe(true);
});

test("[D2] forgetting a person removes the client's values too, and keeps the theme and foreign values", () => {
  const { storage, saved } = given();
  for (const key of ["gapless.name", "gapless/ws://chat/token", "gapless.theme", "gaplessness", "other"]) {
    storage.values.set(key, "value");
  }
  saved.forgetPerson();
  expect([...storage.values.keys()]).toEqual(["gapless.theme", "gaplessness", "other"]);
});

test("[D2] a person's values that were refused are forgotten too", () => {
  const { storage, saved } = given();
  storage.fault = "full";
  saved.write("name", "Ada");
  saved.forgetPerson();
  storage.fault = "none";
  saved.write("theme", "dark");
  expect([...storage.values.keys()]).toEqual(["gapless.theme"]);
});

test("[D2] changes of other tabs are told by the value's name, until the unsubscribe", () => {
  const { storage, saved } = given();
  const told: unknown[] = [];
  const unsubscribe = saved.onChangeElsewhere((...change) => told.push(change));
  storage.tell("gapless.name", "Ada");
  storage.tell("somebody.else", "value");
  storage.tell("gapless.name", undefined);
  unsubscribe();
  storage.tell("gapless.name", "Ben");
  expect(told).toEqual([
    ["name", "Ada"],
    ["name", undefined],
  ]);
});
