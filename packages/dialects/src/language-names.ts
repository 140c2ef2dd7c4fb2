import { scriptSet } from '@brownout/core';
import type { Script, ScriptSet } from '@brownout/core';

/**
 * What a request says that asks for a script without containing it: the names of its languages, as they begin in English,
 * German, French, Spanish, Italian and Portuguese, and a few words about writing. Too much said costs a finding, too little
 * makes a false one.
 */
const NAMES: readonly (readonly [stems: string, scripts: readonly Script[]])[] = [
  ['japan|japon|giappon|kanji|kana|romaji', ['kana', 'han']],
  ['chin[eéê]s|chinois|cinese|mandarin|[ck]antones|hanzi|pinyin|zh\\b', ['han']],
  ['korea|corea|coré|hangu|hanja', ['hangul', 'han']],
  [
    'russ|ruso|u[ck]ra[iy]n|b[uú]lgar|serb|ma[ck]edon|bi?elor?rus|bielorr|ka[sz]a[ck]h|[ck]yrgy|kirgi|ta[jd][js]?[ij]k|tatar',
    ['cyrillic'],
  ],
  ['mongol', ['cyrillic', 'mongolian']],
  ['c[iy]rill|kyrill', ['cyrillic']],
  ['arab|persi|pers[ae]|farsi|iran|urdu|pas[hc]h?to|kurd|dari\\b|sindhi|u[iy]g[hu]', ['arabic']],
  ['h[eé]br|ebraic|[yj]iddi', ['hebrew']],
  ['greek|gr[ei]+ch|grec|grego|grieg', ['greek']],
  ['hindi|marathi|nepal|sans[ck]rit|devanagari|bhojpuri', ['devanagari']],
  ['beng[aá]l|bangla|assam', ['bengali']],
  ['pun?jab|panjab|gurmukhi', ['gurmukhi', 'arabic']],
  ['gujarat', ['gujarati']],
  ['odia|oriya', ['odia']],
  ['tam[ií]l|tamoul', ['tamil']],
  ['telugu|télougou', ['telugu']],
  ['[ck]anna[dr]', ['kannada']],
  ['malayalam', ['malayalam']],
  ['sinhal|singhal|[ck]ingal', ['sinhala']],
  ['tha[iï]|tailand', ['thai']],
  ['lao', ['lao']],
  ['tibet', ['tibetan']],
  ['burm|birman|myanmar', ['burmese']],
  ['g[eé][oó]rgi', ['georgian']],
  ['am[hj]ari|tigrin|ethiop', ['ethiopic']],
  ['khmer|[ck]ambod|kambods', ['khmer']],
  ['arm[eé]n', ['armenian']],
];

/** The request is about languages or writing, and does not say which: anything may be asked for. */
const ANY = 'translat|translit|tradu[czi]|uebersetz|locali[sz]|locale|multiling|i18n|unicode|alphabet';

/** Where a word begins, for the engine, there is a letter of ASCII; these begin with another. "Translate" in the languages of other scripts is among them. */
const ANY_BEYOND_ASCII = 'übersetz|перевод|перевед|перекла|翻译|翻譯|翻訳|번역|ترجم|תרג|μεταφρ|แปล|अनुवाद';

const ANY_SCRIPT: ScriptSet = -1;
/** Beginnings of words only: four times as fast as to look for them anywhere. */
const atWordStart = (stems: string): RegExp => new RegExp(`\\b(?:${stems})`, 'i');
const ROWS = NAMES.map(([stems, scripts]) => ({ named: atWordStart(stems), set: scriptSet(scripts) }));
const NAMES_LANGUAGE = atWordStart(NAMES.map(([stems]) => stems).join('|'));
const ASKS_FOR_ANY = new RegExp(`${atWordStart(ANY).source}|${ANY_BEYOND_ASCII}`, 'i');

/** The scripts that a text asks for by name. */
export function scriptsNamedIn(text: string): ScriptSet {
  if (ASKS_FOR_ANY.test(text)) return ANY_SCRIPT;
  if (!NAMES_LANGUAGE.test(text)) return 0;
  return ROWS.reduce((set, row) => (row.named.test(text) ? set | row.set : set), 0);
}
