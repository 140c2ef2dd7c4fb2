/**
 * Writing systems by Unicode block, as coarse as their blocks are: whole rows of 64 code units, none for a row that scripts
 * share. Latin is not among them: names, code and markup bring it into every language.
 * https://www.unicode.org/Public/UCD/latest/ucd/Blocks.txt
 */
const SCRIPTS = {
  greek: [[0x0380, 0x03ff], [0x1f00, 0x1fff]], // prettier-ignore
  cyrillic: [[0x0400, 0x04ff], [0xa640, 0xa67f]], // prettier-ignore
  armenian: [[0x0540, 0x057f]],
  hebrew: [[0x05c0, 0x05ff]],
  arabic: [[0x0600, 0x06ff], [0x0740, 0x077f], [0xfb80, 0xfdff], [0xfe80, 0xfebf]], // prettier-ignore
  devanagari: [[0x0900, 0x097f]],
  bengali: [[0x0980, 0x09ff]],
  gurmukhi: [[0x0a00, 0x0a7f]],
  gujarati: [[0x0a80, 0x0aff]],
  odia: [[0x0b00, 0x0b7f]],
  tamil: [[0x0b80, 0x0bff]],
  telugu: [[0x0c00, 0x0c7f]],
  kannada: [[0x0c80, 0x0cff]],
  malayalam: [[0x0d00, 0x0d7f]],
  sinhala: [[0x0d80, 0x0dff]],
  thai: [[0x0e00, 0x0e7f]],
  lao: [[0x0e80, 0x0eff]],
  tibetan: [[0x0f00, 0x0fff]],
  burmese: [[0x1000, 0x107f]],
  georgian: [[0x10c0, 0x10ff]],
  ethiopic: [[0x1200, 0x137f]],
  khmer: [[0x1780, 0x17ff]],
  mongolian: [[0x1800, 0x18bf]],
  kana: [[0x3040, 0x30ff]],
  han: [[0x3400, 0x4dbf], [0x4e00, 0x9fff], [0xf900, 0xfaff]], // prettier-ignore
  hangul: [[0x1100, 0x11ff], [0x3140, 0x317f], [0xac00, 0xd7bf]], // prettier-ignore
} as const satisfies Readonly<Record<string, readonly (readonly [from: number, to: number])[]>>;

/** The name of a script that is told apart here. */
export type Script = keyof typeof SCRIPTS;

/** A set of scripts: one bit each. */
export type ScriptSet = number;

const NAMES = Object.keys(SCRIPTS) as Script[];
export const SCRIPT_COUNT: number = NAMES.length;

const ROW = 6;
/** By the upper bits of a code unit: 1 + the script's place, 0 where there is none. Typed, so that a look-up is one load. */
const SCRIPT_OF_ROW: Uint8Array = new Uint8Array(1 << (16 - ROW));
for (const [place, name] of NAMES.entries()) {
  for (const [from, to] of SCRIPTS[name]) SCRIPT_OF_ROW.fill(place + 1, from >> ROW, (to >> ROW) + 1);
}

/** 1 + the place of the script that a UTF-16 unit belongs to, 0 where it tells none. */
export const placeOfScript = (code: number): number => SCRIPT_OF_ROW[code >> ROW] ?? 0;

/** The bit of the script at this place, which counts from 1. */
export const bitOfPlace = (place: number): ScriptSet => 1 << (place - 1);

export function scriptSet(names: readonly Script[]): ScriptSet {
  return names.reduce((set, name) => set | (1 << NAMES.indexOf(name)), 0);
}

/** A string of Latin-1 has none of these, which the engine knows without a look at its characters. */
const OTHER_THAN_LATIN = /[\u0380-\ufeff]/;

export const isLatin = (text: string): boolean => !OTHER_THAN_LATIN.test(text);

/** Which scripts occur in a text, whatever their share. */
export function scriptsOf(text: string): ScriptSet {
  const first = text.search(OTHER_THAN_LATIN);
  if (first < 0) return 0;
  let set = 0;
  for (let index = first; index < text.length; index += 1) {
    const place = placeOfScript(text.charCodeAt(index));
    if (place > 0) set |= bitOfPlace(place);
  }
  return set;
}
