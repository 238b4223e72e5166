/** Splits a text into links and plain text. Only `http` and `https` addresses become links. */
export type Span = { readonly text: string; readonly href?: string };

const LINK = /\bhttps?:\/\/[^\s<>"']+/giu;
/** Punctuation that ends a sentence and not an address. */
const TRAILING = /[.,;:!?'"»”’)\]}]+$/u;

/** The address without the sentence's punctuation. A closing bracket stays if the address opened it. */
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
