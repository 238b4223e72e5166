/**
 * Tests of user names, which have no invisible characters, and of user ids.
 */
import { expect, test } from "vitest";
import { parseUserId, parseUserName, userNameFault, type UserNameFault } from "../../src/domain/user.ts";

test.each([
  ["Ada", "Ada"],
  ["  Ada Lovelace\t\n", "Ada Lovelace"],
  ["\u00a0Ada\u3000", "Ada"],
  ["Zoe\u0308", "Zoë"],
  ["مريم", "مريم"],
  ["क्षितिज", "क्षितिज"],
  ["<b>Ada</b>", "<b>Ada</b>"],
  ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"],
  ["Ada 👩🏽‍🚀", "Ada 👩🏽‍🚀"],
  ["❤️", "❤️"],
  ["🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
  ["1️⃣", "1️⃣"],
  ["a".repeat(40), "a".repeat(40)],
  ["😀".repeat(40), "😀".repeat(40)],
  [` ${"a".repeat(40)} `, "a".repeat(40)],
  [`${" ".repeat(5000)}Ada`, "Ada"],
])("[V2] %j is the name %j", (raw, name) => {
  expect(parseUserName(raw)).toEqual({ ok: true, value: name });
});

test.each([
  ["nothing", ""],
  ["only spaces", " \t\n\u00a0"],
  ["41 characters", "a".repeat(41)],
  ["41 emoji", "😀".repeat(41)],
  ["a megabyte", "a".repeat(1_000_000)],
  ["NUL", "A\u0000da"],
  ["a line feed", "A\nda"],
  ["a tab", "A\tda"],
  ["DEL", "A\u007fda"],
  ["a C1 control", "A\u0085da"],
  ["a zero-width space", "Ada\u200bX"],
  ["a zero-width joiner", "Ada\u200dX"],
  ["a zero-width non-joiner", "Ada\u200cX"],
  ["a byte order mark", "A\ufeffda"],
  ["a word joiner", "Ada\u2060"],
  ["a soft hyphen", "A\u00adda"],
  ["a right-to-left override", "Ada\u202eX"],
  ["an embedding", "\u202aAda"],
  ["an isolate", "\u2066Ada\u2069"],
  ["a right-to-left mark", "Ada\u200f"],
  ["an Arabic letter mark", "Ada\u061c"],
  ["a line separator", "A\u2028da"],
  ["a Hangul filler", "\u3164"],
  ["a combining grapheme joiner", "A\u034fda"],
  ["a variation selector on a letter", "A\ufe0fda"],
  ["tag characters without a flag", "Ada\u{e0061}\u{e007f}"],
  ["a joiner behind an emoji", "😀\u200d"],
  ["a joiner between an emoji and a letter", "😀\u200dAda"],
  ["two variation selectors", "❤\ufe0f\ufe0f"],
])("[V2] a user's name is bad: %s", (_, raw) => {
  expect(parseUserName(raw)).toEqual({ ok: false, reason: "bad_name" });
});

/** Real names, and how people write them: each is accepted as it is. */
const ACCEPTED: readonly string[] = [
  "Jean-Luc",
  "O'Brien",
  "Siân O’Grady",
  "José María Ñíguez",
  "Łukasz Żółć",
  "Nguyễn Thị Ánh",
  "Kahaʻi",
  "Ƙawu Ọláṣẹ̀",
  "X Æ A-12",
  "ada_99",
  "ada.lovelace@example",
  "Ада",
  "Ада Ada",
  "Ada/Ада",
  "Анна-Мария",
  "Марʼяна",
  "Ђорђе",
  "Ἀλέξανδρος",
  "Ελένη Παππά",
  "Հայկ",
  "გიორგი",
  "محمد علي",
  "فاطمة ٢",
  "نگار",
  "שרה כהן",
  "צ׳רלי",
  "יוֹסֵף",
  "क्षितिज शर्मा",
  "সুস্মিতা",
  "ਹਰਪ੍ਰੀਤ",
  "தமிழ்ச்செல்வி",
  "తెలుగు",
  "ಕನ್ನಡ",
  "മലയാളം",
  "සිංහල",
  "สมชาย ใจดี",
  "ນາງ ສຸດາ",
  "ខ្មែរ",
  "မြန်မာ",
  "བསྟན་འཛིན་",
  "ሰላም",
  "ᠮᠣᠩᠭᠣᠯ",
  "ᏣᎳᎩ",
  "ⵜⴰⵎⴰⵣⵉⵖⵜ",
  "王小明",
  "李ABC",
  "T恤",
  "ㄅㄆㄇ王",
  "ㄅㄆA王",
  "山田 太郎",
  "やまだタロウ",
  "佐々木のりこ",
  "ラーメン太郎Taro",
  "日本 Taro",
  "日本Taroです",
  "김철수",
  "김Cheol수",
  "金철수Kim",
  "🦊",
  "🇩🇪🇫🇷",
  "👨‍👩‍👧",
  "Ada🦊",
  "Ада🦊",
  "🦊Ada🦊日本",
  "♥",
  "42",
  "...",
  "1+1=2",
];
test.each(ACCEPTED.map((name) => [name]))("[V2] %s is a name", (name) => {
  expect(userNameFault(name)).toBeUndefined();
  expect(parseUserName(name)).toEqual({ ok: true, value: name.normalize("NFC") });
});

test.each<[UserNameFault, string, string]>([
  ["mixed_scripts", "a Cyrillic letter in a Latin word", "Аda"],
  ["mixed_scripts", "a Latin letter in a Cyrillic word", "Мaрия"],
  ["mixed_scripts", "a Cyrillic letter in the second word", "Ada Lоvelace"],
  ["mixed_scripts", "a Cyrillic letter behind an emoji", "🦊Аda"],
  ["mixed_scripts", "a Greek letter in a Latin word", "Αda"],
  ["mixed_scripts", "a Greek and a Cyrillic letter", "Αда"],
  ["mixed_scripts", "an Armenian letter in a Latin word", "Ոkola"],
  ["mixed_scripts", "a Cherokee letter in a Latin word", "ᎪLEX"],
  ["mixed_scripts", "Hebrew and Arabic letters in one word", "שم"],
  ["mixed_scripts", "Devanagari and Latin letters in one word", "कada"],
  ["mixed_scripts", "Kana and Hangul in one word", "あ김"],
  ["mixed_scripts", "Bopomofo and Kana in one word", "ㄅあ"],
  ["mixed_scripts", "Han, Latin and Cyrillic in one word", "王Aда"],
  ["mixed_scripts", "digits of another script", "Ada٢"],
  ["mixed_scripts", "a private character in a word", "Ada\ue000"],
  ["invisible", "the empty Braille pattern alone", "\u2800"],
  ["invisible", "the empty Braille pattern within", "Ada\u2800"],
  ["invisible", "empty Braille patterns and spaces", "\u2800 \u2800"],
  ["invisible", "a Hangul filler", "\u3164"],
  ["invisible", "a Hangul filler within", "Ada\u3164"],
  ["invisible", "a Hangul Choseong filler", "\u115f"],
  ["invisible", "a Hangul Jungseong filler", "\u1160"],
  ["invisible", "a halfwidth Hangul filler", "\uffa0"],
  ["invisible", "a full blank of hieroglyphs", "\u{13441}"],
  ["invisible", "a half blank of hieroglyphs", "\u{13442}"],
  ["invisible", "a Khitan filler", "\u{16fe4}"],
  ["invisible", "a null note head", "\u{1d159}"],
  ["invisible", "the place of an embedded object", "Ada\ufffc"],
  ["invisible", "an Arabic number sign, a format character that is seen", "\u0600ada"],
  ["invisible", "an interlinear annotation", "Ada\ufff9"],
  ["invisible", "a musical format character", "Ada\u{1d173}"],
  ["invisible", "tag characters", "Ada\u{e0061}"],
  ["invisible", "tag characters alone", "\u{e0061}\u{e0064}\u{e007f}"],
  ["invisible", "an ideographic variation selector", "葛\u{e0100}"],
  ["invisible", "an inherent vowel of Khmer", "ក\u17b4"],
  ["invisible", "a Mongolian vowel separator", "ᠠ\u180e"],
  ["invisible", "a pop of an isolate", "Ada\u2069"],
  ["nothing_visible", "a combining accent alone", "\u0301"],
  ["nothing_visible", "private characters alone", "\ue000\ue001"],
  ["empty", "nothing", ""],
  ["empty", "only spaces", " \u3000\t"],
  ["too_long", "41 characters", "a".repeat(41)],
  ["malformed", "a lone surrogate", "Ada\ud800"],
])("[V2] a user's name is refused as %s: %s", (fault, _, raw) => {
  expect(userNameFault(raw)).toBe(fault);
  expect(parseUserName(raw)).toEqual({ ok: false, reason: "bad_name" });
});

test("[V5] a user's name with a lone surrogate is bad_name", () => {
  for (const raw of ["\ud800", "Ada\ud83d", "\udc4dAda"]) {
    expect(parseUserName(raw)).toEqual({ ok: false, reason: "bad_name" });
  }
});

test("[V2] normalising a name is idempotent", () => {
  for (const raw of [" Zoe\u0308 ", "👩🏽‍🚀", "a\u00a0b"]) {
    const parsed = parseUserName(raw);
    expect(parsed.ok && parseUserName(parsed.value)).toEqual(parsed);
  }
});

test("[A1] an id is 1 to 128 printable characters without a space", () => {
  for (const id of ["a", "guest:1", "auth0|abc", "é", "~".repeat(128)]) {
    expect(parseUserId(id)).toEqual({ ok: true, value: id });
  }
  for (const id of ["", "a b", "a\n", "a\u00a0b", "\u200b", "~".repeat(129), "\ud800"]) {
    expect(parseUserId(id).ok).toBe(false);
  }
});
