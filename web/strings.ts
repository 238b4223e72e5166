/**
 * Every word that the page says, in one place. Another language is another object of this type.
 */
import type { StopReason } from "../src/client/index.ts";
import { USER_NAME_FAULTS } from "../src/domain/user.ts";
import type { ResetReason } from "../src/domain/resume.ts";

/** With its thousands apart. The first format for that takes a page 40 ms to make, and few numbers need it. */
const number = (n: number): string => (n < 1000 ? `${n}` : n.toLocaleString("en"));
const count = (n: number, one: string, other: string): string => `${number(n)} ${n === 1 ? one : other}`;
/** As Intl.ListFormat joins them, which takes a page 16 ms to make. */
const listed = (items: readonly string[]): string =>
  items.length < 3 ? items.join(" and ") : `${items.slice(0, -1).join(", ")}, and ${items.at(-1)}`;
/** A name within a sentence: whichever way it is written, the sentence around it keeps its own. */
const isolated = (name: string): string => `\u2068${name}\u2069`;
const names = (who: readonly string[]): string => listed(who.map(isolated));
/** How many of a crowd are named before the others are counted: in a line of the log, and where one asks who it was. */
const NAMED = 5;
const NAMED_ON_DEMAND = 12;
const crowd = (who: readonly string[], most: number): string =>
  who.length <= most
    ? listed(who)
    : listed([...who.slice(0, most), count(who.length - most, "other", "others")]);

export const strings = {
  title: "Gapless",
  tagline: "A room remembers every word, in order. Leave, lose the network, come back: nothing is missing.",
  signIn: {
    name: "Your name",
    nameHint: "Others see it beside what you write. 1 to 40 characters.",
    room: "Room",
    roomHint: "Whoever opens the same room is in it. Letters, digits, - _ and .",
    enter: "Enter the room",
    badName: USER_NAME_FAULTS,
    badRoom: "That room can’t be: begin with a letter or digit, then letters, digits, - _ or .",
  },
  landmarks: {
    rooms: "Rooms",
    people: "People here",
    messages: "Messages",
    compose: "Write a message",
    skip: "Skip to the message box",
  },
  rooms: {
    heading: "Rooms",
    unread: (n: number) => count(n, "unread message", "unread messages"),
    open: "Open another room",
    openShort: "Room name",
    go: "Open",
    leave: (room: string) => `Leave ${room}`,
    show: "Show rooms",
    link: {
      copy: "Copy link",
      copied: "Link copied",
      notCopied: "The browser does not let the page copy: the address bar has the link.",
    },
  },
  people: {
    heading: "Here now",
    count: (n: number) => count(n, "person here", "people here"),
    you: "you",
    more: (n: number) => `and ${number(n)} more`,
    show: "Show who is here",
  },
  close: "Close",
  shortcuts: {
    heading: "Keyboard shortcuts",
    list: [
      ["Enter", "Send"],
      ["Shift+Enter", "Break the line"],
      ["↑ in an empty box", "Edit your last message"],
      ["@, :", "Mention someone, an emoji by its name"],
      ["Esc", "Leave an answer or an edit"],
      ["Alt+↑, Alt+↓", "The room above, below"],
      ["Tab to a message, ↑ ↓", "Go through the messages"],
      ["Tab from a message", "React, reply, edit, delete, copy its link"],
    ],
  },
  theme: { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" },
  alerts: {
    off: "Notifications: off",
    mentions: "Notifications: what is said to you",
    all: "Notifications: all messages",
    blocked: "The browser does not let the page notify you: allow it in the site’s settings.",
    sound: (on: boolean) => `Sound: ${on ? "on" : "off"}`,
    title: (name: string, room: string) => `${name} in ${room}`,
  },
  signOut: "Sign out",
  connection: {
    connecting: "Connecting…",
    reconnecting: "Reconnecting…",
    live: "Live",
    joining: "Opening the room…",
    offline: "Offline. What you write is kept and sent later.",
    offlineUntil: (seconds: number) =>
      `Offline. Next try in ${count(seconds, "second", "seconds")}; what you write is kept.`,
    retry: "Try now",
    catchingUp: "Catching up…",
    caughtUp: (n: number) => `Caught up on ${count(n, "message", "messages")}.`,
    refused: (why: string) => `The room can’t be entered: ${why}`,
    ended: {
      closed: "The connection is closed.",
      protocol: "The server and this page don’t understand each other: the page may be out of date.",
      unauthenticated: "The server does not know you any more.",
      refused: "The server will not let you in under this name.",
    } satisfies Record<StopReason, string>,
    reload: "Reload the page",
    newGuest: "The server did not know you any more: you are a new guest under the same name.",
    unkept: "This browser keeps no messages for the page: without the network they can’t be read here.",
    forgetful: "This browser keeps nothing for the page: what is unsent is lost when you close it.",
  },
  log: {
    older: "Load earlier messages",
    loading: "Loading earlier messages…",
    beginning: (room: string) => `This is where ${isolated(room)} begins.`,
    empty: "Nothing has been said here yet. Say the first word.",
    trimmed: "Earlier messages are no longer kept.",
    newMessages: "New messages",
    toNewest: (n: number) => (n === 0 ? "To the newest" : count(n, "new message", "new messages")),
    joined: (who: readonly string[]) => `${crowd(who.map(isolated), NAMED)} joined`,
    left: (who: readonly string[]) => `${crowd(who.map(isolated), NAMED)} left`,
    gap: {
      trimmed: "Messages may be missing here: you were away for longer than the room keeps them.",
      unknown: "Messages may be missing here: the room’s log lost its newest part, and with it your place.",
    } satisfies Record<ResetReason, string>,
    announce: (name: string, text: string) => `${name}: ${text}`,
  },
  message: {
    edited: "edited",
    deleted: "Message deleted",
    reply: "Reply",
    react: "React",
    reactOther: "React with another emoji",
    reactWith: (emoji: string) => `React with ${emoji}`,
    edit: "Edit",
    delete: "Delete",
    reallyDelete: "Really delete?",
    actions: "Message actions",
    link: { copy: "Link", copied: "Link copied", notCopied: "The address bar has it" },
    copyLink: "Copy the message’s link",
    inReplyTo: (name: string) => `In reply to ${name}`,
    inReplyToEarlier: "In reply to an earlier message",
    reaction: (emoji: string, mine: boolean, others: readonly string[]) => {
      const who = [...(mine ? ["you"] : []), ...others.map(isolated)];
      return `${emoji} ${number(who.length)}: ${crowd(who, NAMED_ON_DEMAND)}`;
    },
    more: "Show all",
    less: "Show less",
  },
  outbox: {
    pending: "Sending…",
    waiting: "Waiting for the network",
    tooFast: (seconds: number) =>
      `You write faster than the room allows: sent in ${seconds > 0 ? count(seconds, "second", "seconds") : "a moment"}.`,
    unavailable: "The room’s log is out of reach: tried again by itself.",
    failed: (why: string) => `Not sent: ${why}`,
    retry: "Try again",
    discard: "Discard",
    edit: "Your edit",
    delete: "Your deletion",
    react: "Your reaction",
  },
  emoji: {
    insert: "Insert an emoji",
    react: "Choose a reaction",
    search: "Search emoji",
    choices: "Emoji",
  },
  composer: {
    suggestions: "Suggestions",
    label: (room: string) => `Message to ${room}`,
    placeholder: (room: string) => `Write to ${isolated(room)}`,
    newLine: "New line",
    send: "Send",
    save: "Save",
    cancel: "Cancel",
    replying: (name: string) => `Replying to ${isolated(name)}`,
    editing: "Editing your message",
    orphaned: "The message has been deleted: what you write stands by itself.",
    hint: "Enter sends, Shift+Enter breaks the line, ↑ edits your last",
    left: (n: number) => `${count(n, "character", "characters")} left`,
    over: (n: number) => `${count(n, "character", "characters")} too many`,
  },
  typing: (who: readonly string[]) => {
    if (who.length === 0) return "";
    if (who.length > 3) return "Several people are typing…";
    return `${names(who)} ${who.length === 1 ? "is" : "are"} typing…`;
  },
} as const;
