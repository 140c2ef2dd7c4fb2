/**
 * Cuts streamed text into tokens and reports numbers about each: the repetition detector compares those, so no text is kept.
 *
 * A token is a run of characters without white space. Where a script puts no space between words (Han, kana, Thai, …), and
 * where a run is very long (base64, a URL, minified JSON), the run is cut after a character whose own code says so. A cut that
 * depends on the characters and not on a position falls in the same places in every repeat of a passage.
 * A very long run of white space counts as tokens too, because endless white space is a known way for a model to get stuck.
 */

/** A number per token; a token cut across two pushes is one token. */
export interface Token {
  /** Hash of its characters. */
  readonly raw: number;
  /** The same with every run of digits taken as one `0`; the lowest bit says whether it is a word: letters and no digit. */
  readonly normalised: number;
  /** The sum of its runs of digits, read as decimal numbers: it moves evenly where every number in the token does. */
  readonly value: number;
}

/** The lowest bit of {@link Token.normalised}. */
export const WORD_BIT = 1;

/** In characters: a run is cut at a suitable character from `shortest` on, and at `longest` whatever the character. */
const TOKEN_LENGTHS = {
  spaced: { shortest: 16, longest: 32 },
  unspaced: { shortest: 2, longest: 8 },
} as const;
const WHITE_SPACE_PER_TOKEN = 32;

const SPACE = 0;
const DIGIT = 1;
const LETTER = 2;
const OTHER = 3;
const UNSPACED = 4;
type CharacterClass = typeof SPACE | typeof DIGIT | typeof LETTER | typeof OTHER | typeof UNSPACED;

/** Typed, so that looking a character up is one load. */
const ASCII_CLASSES: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, code): CharacterClass => {
  if (code <= 0x20) return SPACE;
  const character = String.fromCharCode(code);
  if (/\d/.test(character)) return DIGIT;
  return /[a-z]/i.test(character) ? LETTER : OTHER;
});

/** Beyond ASCII by Unicode block, which is coarse and enough: the class only decides where a token ends and what counts as a word. */
function classOf(code: number): CharacterClass {
  if (code < 0xc0) return code === 0x85 || code === 0xa0 ? SPACE : OTHER;
  if (code < 0x0e00) return LETTER;
  if (code < 0x0f00 || (code >= 0x1000 && code < 0x10a0) || (code >= 0x1780 && code < 0x1800)) return UNSPACED;
  if (code < 0x2000) return LETTER;
  if (code < 0x200c || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f) return SPACE;
  if (code < 0x2e80) return OTHER;
  if (code === 0x3000 || code === 0xfeff) return SPACE;
  return code >= 0xac00 && code < 0xd7b0 ? LETTER : UNSPACED;
}

/** About one character in four, spread over every alphabet. */
const endsToken = (code: number): boolean => Math.imul(code, 0x9e37_79b1) >>> 30 === 0;

const FNV_OFFSET = 0x811c_9dc5 | 0;
const FNV_PRIME = 0x0100_0193;
const ZERO = 0x30;

/** The open token, between two pushes. */
interface OpenToken {
  raw: number;
  normalised: number;
  value: number;
  /** The run of digits that is being read. */
  number: number;
  inDigits: boolean;
  hasDigits: boolean;
  hasLetters: boolean;
  /** Characters; `units` counts a run of digits as one, so that `9` and `10` are cut alike. */
  length: number;
  units: number;
  /** White space since the last token. */
  blanks: number;
}

/**
 * @param onToken called for every finished token, with an object that is reused for the next one.
 * @returns a function that takes the next piece of text; the last token stays open until something ends it.
 */
export function createTokenReader(onToken: (token: Token) => void): (text: string) => void {
  const token = { raw: 0, normalised: 0, value: 0 };
  const open: OpenToken = {
    raw: FNV_OFFSET,
    normalised: FNV_OFFSET,
    value: 0,
    number: 0,
    inDigits: false,
    hasDigits: false,
    hasLetters: false,
    length: 0,
    units: 0,
    blanks: 0,
  };
  return (text) => readTokens(text, open, token, onToken);
}

/** A function of its own and not a closure of each reader: only so can the compiler take this file's constants for granted. */
function readTokens(
  text: string,
  open: OpenToken,
  token: { -readonly [Key in keyof Token]: number },
  onToken: (token: Token) => void,
): void {
  // Every character of every answer comes through here: what changes with each is kept in variables of this loop.
  let { raw, normalised, value, number, inDigits, hasDigits, hasLetters, length, units, blanks } = open;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const kind = code < 0x80 ? (ASCII_CLASSES[code] ?? OTHER) : classOf(code);
    let ends = false;
    if (kind === SPACE) {
      blanks += 1;
      ends = length > 0 || blanks === WHITE_SPACE_PER_TOKEN;
      if (blanks === WHITE_SPACE_PER_TOKEN) blanks = 0;
    } else {
      blanks = 0;
      length += 1;
      raw = Math.imul(raw ^ code, FNV_PRIME);
      if (kind === DIGIT) {
        if (!inDigits) {
          value += number;
          number = 0;
          units += 1;
          normalised = Math.imul(normalised ^ ZERO, FNV_PRIME);
        }
        number = number * 10 + (code - ZERO);
        inDigits = hasDigits = true;
      } else {
        inDigits = false;
        units += 1;
        normalised = Math.imul(normalised ^ code, FNV_PRIME);
        if (kind !== OTHER) hasLetters = true;
      }
      const limits = kind === UNSPACED ? TOKEN_LENGTHS.unspaced : TOKEN_LENGTHS.spaced;
      ends = length >= limits.longest || (units >= limits.shortest && kind !== DIGIT && endsToken(code));
    }
    if (!ends) continue;
    token.raw = raw;
    token.normalised = hasLetters && !hasDigits ? normalised | WORD_BIT : normalised & ~WORD_BIT;
    token.value = value + number;
    raw = normalised = FNV_OFFSET;
    value = number = length = units = 0;
    inDigits = hasDigits = hasLetters = false;
    onToken(token);
  }
  // One by one: `Object.assign` takes three times as long as reading the few characters of a chunk.
  open.raw = raw;
  open.normalised = normalised;
  open.value = value;
  open.number = number;
  open.inDigits = inDigits;
  open.hasDigits = hasDigits;
  open.hasLetters = hasLetters;
  open.length = length;
  open.units = units;
  open.blanks = blanks;
}
