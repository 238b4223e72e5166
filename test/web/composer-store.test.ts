/** What the user is about to send: a new message, an answer, or an edit. */
import { describe, expect, test } from "vitest";
import { parseRoomName, type Message } from "../../src/client/index.ts";
import { SavedValues } from "../../web/storage/saved-values.ts";
import { ComposerStore } from "../../web/store/composer-store.ts";
import { ADA, accepted, at, KEY } from "../domain/given.ts";
import { MemoryBrowser, Tab } from "./memory-browser.ts";

const LOBBY = accepted(parseRoomName("lobby"));

const message = (text: string): Message => ({
  id: at(1),
  seq: 1,
  author: ADA,
  key: KEY,
  text,
  deleted: false,
  edited: undefined,
  replyTo: undefined,
  reactions: [],
});
const deleted: Message = { ...message(""), text: undefined, deleted: true };

const given = () => {
  const browser = new MemoryBrowser();
  const saved = new SavedValues(new Tab(browser, "/").device.storage);
  return { saved, composer: new ComposerStore(LOBBY, saved) };
};

describe("the composer", () => {
  test("[D2] keeps the draft while an earlier message is edited", () => {
    const { saved, composer } = given();
    composer.write("a draft");
    composer.edit(message("as it was"));
    expect(composer.text.value).toBe("as it was");
    composer.write("as it is");
    expect(saved.read("draft.lobby")).toBe("a draft");
    composer.cancel();
    expect(composer.text.value).toBe("a draft");
  });

  test("[D2] keeps the draft when an answer is begun and given up", () => {
    const { composer } = given();
    composer.write("a draft");
    composer.reply(message("a question"));
    expect(composer.text.value).toBe("a draft");
    composer.cancel();
    expect([composer.text.value, composer.mode.value.type]).toEqual(["a draft", "new"]);
  });

  test("[D2] is empty and new once its text was sent, and forgets the draft", () => {
    const { saved, composer } = given();
    composer.reply(message("a question"));
    composer.write("an answer");
    composer.done();
    expect([composer.text.value, composer.mode.value.type]).toEqual(["", "new"]);
    expect(saved.read("draft.lobby")).toBeUndefined();
  });

  test("asks for the focus at each answer and each edit", () => {
    const { composer } = given();
    composer.reply(message("a question"));
    composer.edit(message("mine"));
    expect(composer.focusRequests.value).toBe(2);
  });

  test("takes the draft of another tab, and leaves an edit as it is", () => {
    const { composer } = given();
    composer.edit(message("mine"));
    composer.takeDraft("from another tab");
    expect(composer.text.value).toBe("mine");
    composer.cancel();
    expect(composer.text.value).toBe("from another tab");
    composer.takeDraft(undefined);
    expect(composer.text.value).toBe("");
  });
});

describe("if the message is deleted meanwhile", () => {
  test("[D7] an answer becomes a new message with its text", () => {
    const { composer } = given();
    composer.reply(message("a question"));
    composer.write("an answer");
    composer.follow(() => deleted);
    expect([composer.text.value, composer.mode.value.type]).toEqual(["an answer", "orphaned"]);
  });

  test("[D7] an edit becomes a draft, below the draft that was there", () => {
    const { composer } = given();
    composer.write("a draft");
    composer.edit(message("as it was"));
    composer.write("as it is");
    composer.follow(() => deleted);
    expect([composer.text.value, composer.mode.value.type]).toEqual(["a draft\nas it is", "orphaned"]);
  });

  test("[D7] an edit that changed nothing leaves the draft alone", () => {
    const { composer } = given();
    composer.edit(message("as it was"));
    composer.follow(() => deleted);
    expect([composer.text.value, composer.mode.value.type]).toEqual(["", "orphaned"]);
  });

  test("[D7] nothing changes for another message, or for one that is still there", () => {
    const { composer } = given();
    composer.reply(message("a question"));
    composer.follow(() => message("a question, edited"));
    composer.follow(() => undefined);
    expect(composer.mode.value.type).toBe("reply");
  });
});
