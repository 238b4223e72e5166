/** Times as the reader's own clock and calendar tell them. */

/** Made when it is first asked for: the first of a page costs it 20 ms, and the sign-in tells no time. */
const told = (options: Intl.DateTimeFormatOptions): ((at: number) => string) => {
  let format: Intl.DateTimeFormat | undefined;
  return (at) => {
    format ??= new Intl.DateTimeFormat(undefined, options);
    return format.format(at);
  };
};

export const timeText = told({ hour: "2-digit", minute: "2-digit" });
export const fullTimeText = told({ dateStyle: "full", timeStyle: "medium" });
const day = told({ weekday: "long", day: "numeric", month: "long" });
const longDay = told({ dateStyle: "full" });

export const dayText = (at: number, now: number): string =>
  new Date(at).getFullYear() === new Date(now).getFullYear() ? day(at) : longDay(at);
