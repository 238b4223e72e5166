/** All texts of the page, in one place. Another language is another object of this type. */
import type { StopReason } from "../src/client/index.ts";
import { USER_NAME_FAULTS } from "../src/domain/user.ts";
import type { ResetReason } from "../src/domain/resume.ts";

/** A number with separated thousands. Creating the first such format takes 40 ms, and few numbers need it. */
const number = (n: number): string => (n < 1000 ? `${n}` : n.toLocaleString("en"));
const count = (n: number, singular: string, plural: string): string =>
  `${number(n)} ${n === 1 ? singular : plural}`;
/** The same as Intl.ListFormat, which takes 16 ms to create. */
const listed = (items: readonly string[]): string =>
  items.length < 3 ? items.join(" and ") : `${items.slice(0, -1).join(", ")}, and ${items.at(-1)}`;
/** A name within a sentence. Its writing direction does not change that of the sentence. */
const isolated = (name: string): string => `\u2068${name}\u2069`;
const nameList = (names: readonly string[]): string => listed(names.map(isolated));
/**
 * How many people are named before the others are counted: in a row of the log, and in a reaction's tooltip.
 */
const NAMED = 5;
const NAMED_IN_TOOLTIP = 12;
const firstNames = (names: readonly string[], most: number): string =>
  names.length <= most
    ? listed(names)
    : listed([...names.slice(0, most), count(names.length - most, "other", "others")]);

export const strings = {
  title: "Gapless",
  tagline: "A room remembers every word, in order. Leave, lose the network, come back: nothing is missing.",
  signIn: {
    name: "Your name",
    nameHint: "Others see it beside what you write. 1 to 40 characters.",
    room: "Room",
    roomHint: "Everyone who opens this room joins it. Letters, digits, - _ and .",
    enter: "Enter the room",
    badName: USER_NAME_FAULTS,
    badRoom: "This is no room name. Start with a letter or digit, then use letters, digits, - _ or .",
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
      notCopied: "The browser does not allow copying. The address bar has the link.",
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
  /** Said before the letters of a mark that tells users of one name apart. */
  mark: "mark",
  markedName: (name: string, letters: string) => `${name} (${letters})`,
  shortcuts: {
    heading: "Keyboard shortcuts",
    list: [
      ["Enter", "Send"],
      ["Shift+Enter", "Start a new line"],
      ["↑ in an empty box", "Edit your last message"],
      ["@, :", "Mention someone, an emoji by its name"],
      ["Esc", "Cancel an answer or an edit"],
      ["Alt+↑, Alt+↓", "Go to the room above, below"],
      ["Tab to a message, ↑ ↓", "Move through the messages"],
      ["Tab from a message", "React, reply, edit, delete, copy its link"],
    ],
  },
  theme: { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" },
  alerts: {
    off: "Notifications: off",
    mentions: "Notifications: mentions and replies",
    all: "Notifications: all messages",
    blocked: "The browser blocks notifications. Allow them in the site’s settings.",
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
    refused: (reason: string) => `The room can’t be joined: ${reason}`,
    ended: {
      closed: "The connection is closed.",
      protocol: "The server does not understand this page. The page may be out of date.",
      unauthenticated: "The server no longer knows you.",
      refused: "The server refuses this name.",
    } satisfies Record<StopReason, string>,
    reload: "Reload the page",
    newGuest: "The server no longer knew you. You are a new guest with the same name.",
    notCached: "This browser keeps no messages for the page. They can’t be read offline.",
    notSaved: "This browser keeps nothing for the page. Unsent messages are lost when you close it.",
  },
  log: {
    older: "Load earlier messages",
    loading: "Loading earlier messages…",
    beginning: (room: string) => `This is where ${isolated(room)} begins.`,
    empty: "Nothing has been said here yet. Write the first message.",
    trimmed: "Earlier messages are no longer kept.",
    newMessages: "New messages",
    toNewest: (n: number) => (n === 0 ? "To the newest" : count(n, "new message", "new messages")),
    joined: (names: readonly string[]) => `${firstNames(names.map(isolated), NAMED)} joined`,
    left: (names: readonly string[]) => `${firstNames(names.map(isolated), NAMED)} left`,
    gap: {
      trimmed: "Messages may be missing here: you were away for longer than the room keeps them.",
      unknown: "Messages may be missing here: the room’s log lost its newest part.",
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
      const names = [...(mine ? ["you"] : []), ...others.map(isolated)];
      return `${emoji} ${number(names.length)}: ${firstNames(names, NAMED_IN_TOOLTIP)}`;
    },
    moreReactions: (n: number) => `+${number(n)} more`,
    moreReactionsLabel: (n: number) => `Show more of ${count(n, "other reaction", "other reactions")}`,
    more: "Show all",
    less: "Show less",
  },
  outbox: {
    pending: "Sending…",
    waiting: "Waiting for the network",
    tooFast: (seconds: number) =>
      `You write faster than the room allows: sent in ${seconds > 0 ? count(seconds, "second", "seconds") : "a moment"}.`,
    unavailable: "The room can’t be reached. The page tries again.",
    failed: (reason: string) => `Not sent: ${reason}`,
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
    orphaned: "The message has been deleted. Your text becomes a new message.",
    hint: "Enter sends, Shift+Enter starts a new line, ↑ edits your last message",
    left: (n: number) => `${count(n, "character", "characters")} left`,
    over: (n: number) => `${count(n, "character", "characters")} too many`,
  },
  typing: (names: readonly string[]) => {
    if (names.length === 0) return "";
    if (names.length > 3) return "Several people are typing…";
    return `${nameList(names)} ${names.length === 1 ? "is" : "are"} typing…`;
  },
} as const;
