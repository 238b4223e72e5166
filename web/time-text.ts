/** Times and days in the reader's time zone and language. */

/**
 * The format is created when it is first needed: the first one takes 20 ms, and the sign-in shows no time.
 */
const formatter = (options: Intl.DateTimeFormatOptions): ((at: number) => string) => {
  let format: Intl.DateTimeFormat | undefined;
  return (at) => {
    format ??= new Intl.DateTimeFormat(undefined, options);
    return format.format(at);
  };
};

export const timeText = formatter({ hour: "2-digit", minute: "2-digit" });
export const fullTimeText = formatter({ dateStyle: "full", timeStyle: "medium" });
const day = formatter({ weekday: "long", day: "numeric", month: "long" });
const longDay = formatter({ dateStyle: "full" });

export const dayText = (at: number, now: number): string =>
  new Date(at).getFullYear() === new Date(now).getFullYear() ? day(at) : longDay(at);
