/**
 * Stands in, in the page's build (vite.config.ts), for packages that the Markdown parser brings and this page has no use for: together a fifth of what would come to
 * the browser.
 *
 * `entities`: what is typed as `&amp;` stays what was typed, so no table of two thousand names is needed. `linkify-it`: links are found apart (web/text/links.ts).
 * `mdurl` and `punycode.js`: addresses are the browser's own to read (parse.ts). `uc.micro`: a browser knows Unicode.
 */
const asItIs = (text: string): string => text;

export const decodeHTMLStrict = asItIs;

export const LinkifyIt = Object;

export { asItIs as encode, asItIs as decode, asItIs as parse, asItIs as format };

const punycode = { toASCII: asItIs, toUnicode: asItIs };
export default punycode;

export const P = /\p{P}/u;
export const S = /\p{S}/u;
