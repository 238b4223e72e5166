/**
 * Stubs for packages that the Markdown parser imports and this page does not need. The build uses them
 * (vite.config.ts), which makes the parser a fifth smaller.
 *
 * - `entities`: a text such as `&amp;` stays as it was typed, so the table of two thousand names is not
 *   needed.
 * - `linkify-it`: `web/text/links.ts` finds links.
 * - `mdurl` and `punycode.js`: the browser parses addresses.
 * - `uc.micro`: the browser knows Unicode.
 */
const asItIs = (text: string): string => text;

export const decodeHTMLStrict = asItIs;

export const LinkifyIt = Object;

export { asItIs as encode, asItIs as decode, asItIs as parse, asItIs as format };

const punycode = { toASCII: asItIs, toUnicode: asItIs };
export default punycode;

export const P = /\p{P}/u;
export const S = /\p{S}/u;
