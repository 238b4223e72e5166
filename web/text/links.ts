/**
 * The links in a text: where they stand and where they lead. Only `http` and `https` make one; whatever else a text holds stays text.
 */
export type Span = { readonly text: string; readonly href?: string };

const LINK = /\bhttps?:\/\/[^\s<>"']+/giu;
/** Marks that end a sentence rather than an address. */
const TRAILING = /[.,;:!?'"»”’)\]}]+$/u;

/** The address without the sentence's marks; a closing bracket stays where the address opened it. */
const trimmed = (raw: string): string => {
  const bare = raw.replace(TRAILING, "");
  const opened = bare.split("(").length - bare.split(")").length;
  return opened > 0 && raw.startsWith(`${bare})`) ? `${bare})` : bare;
};

export const isWebAddress = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") && url.hostname !== "";
};

export const spansOf = (text: string): readonly Span[] => {
  const spans: Span[] = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    const href = trimmed(found[0]);
    if (!isWebAddress(href)) continue;
    if (found.index > from) spans.push({ text: text.slice(from, found.index) });
    spans.push({ text: href, href });
    from = found.index + href.length;
  }
  if (from < text.length || spans.length === 0) spans.push({ text: text.slice(from) });
  return spans;
};
