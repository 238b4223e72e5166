/** Times as the reader's own clock and calendar tell them. */
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const longDay = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });

export const timeText = (at: number): string => time.format(at);
export const fullTimeText = (at: number): string => full.format(at);

export const dayText = (at: number, now: number): string =>
  new Date(at).getFullYear() === new Date(now).getFullYear() ? day.format(at) : longDay.format(at);
