import { bitOfPlace, isLatin, placeOfScript, SCRIPT_COUNT } from './scripts.ts';
import type { ScriptSet } from './scripts.ts';

export const LANGUAGE_LIMITS = {
  /** Letters of scripts that are not the request's, in all characters of the answer, spaces included. */
  leastShare: 0.2,
  /** A name or two in their own script are no switch. */
  fewestLetters: 20,
} as const;

/** Counts the letters of an answer by script. It keeps the counts, never the text. */
export interface LanguageDetector {
  /** Feeds the next piece. Where the text is cut makes no difference. */
  push(text: string): void;
  /** Whether a large share of the answer is in scripts that are not among these. Latin is among all of them. */
  isSwitched(expected: ScriptSet): boolean;
}

/** Memory: a number for each of 26 scripts. What it takes for a text to belong to a script: `scripts.ts`. */
export function createLanguageDetector(): LanguageDetector {
  /** By the script's place; made when the first letter of one comes, which in most answers is never. */
  let letters: Uint32Array | undefined;
  let characters = 0;

  return {
    push(text) {
      characters += text.length;
      if (isLatin(text)) return;
      for (let index = 0; index < text.length; index += 1) {
        const place = placeOfScript(text.charCodeAt(index));
        if (place === 0) continue;
        letters ??= new Uint32Array(SCRIPT_COUNT + 1);
        letters[place] = (letters[place] ?? 0) + 1;
      }
    },
    isSwitched(expected) {
      if (letters === undefined) return false;
      const foreign = letters.reduce(
        (sum, count, place) => (place > 0 && (expected & bitOfPlace(place)) === 0 ? sum + count : sum),
        0,
      );
      return foreign >= LANGUAGE_LIMITS.fewestLetters && foreign >= LANGUAGE_LIMITS.leastShare * characters;
    },
  };
}
