import { closest, distance } from 'fastest-levenshtein';

/** The known word that `word` was probably meant to be, if one is close. */
export function closestWord(word: string, known: readonly string[]): string | undefined {
  const candidate = closest(
    word.toLowerCase(),
    known.map((other) => other.toLowerCase()),
  );
  const tolerated = Math.max(1, Math.floor(word.length / 3));
  return distance(word.toLowerCase(), candidate) <= tolerated
    ? known.find((other) => other.toLowerCase() === candidate)
    : undefined;
}

/** `; did you mean "…"?` where one can guess, else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const guess = closestWord(word, known);
  return guess === undefined ? '' : ` (did you mean ${guess}?)`;
}
