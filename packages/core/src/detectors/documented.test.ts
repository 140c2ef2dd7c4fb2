import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DETECTOR_IDS } from './detector-switches.ts';
import { GARBLED_LIMITS } from './garbled-detector.ts';
import { JSON_LIMITS } from './json-parser.ts';
import { LANGUAGE_LIMITS } from './language-detector.ts';
import { LENGTH_BAND } from './length-band.ts';
import { REPETITION_LIMITS } from './repetition-detector.ts';
import { SCHEMA_LIMITS } from './schema/compile-schema.ts';

const page = readFileSync(new URL('../../../../docs/reference/detectors.md', import.meta.url), 'utf8');
const { exact, countingOn, checkEvery } = REPETITION_LIMITS;
const number = (value: number): string => value.toLocaleString('en');

/** Every threshold, in the words of the page. */
it.each([
  `| period | 1 to ${exact.longestPeriod} tokens | 1 to ${countingOn.longestPeriod} tokens |`,
  `| repeats | at least ${exact.fewestRepeats} | at least ${countingOn.fewestRepeats} |`,
  `| tokens covered | at least ${exact.fewestTokens} | at least ${countingOn.fewestTokens} |`,
  `after every ${checkEvery}th token`,
  `one damaged UTF-16 unit in ${GARBLED_LIMITS.toleratedOneIn}`,
  `| damaged units at least | ${GARBLED_LIMITS.fewest}, when`,
  `| nesting | at most ${JSON_LIMITS.deepest} levels;`,
  `of more than ${SCHEMA_LIMITS.required} required keys`,
  `comes to | ${number(SCHEMA_LIMITS.nodes)} |`,
  `| keys in all of them | ${number(SCHEMA_LIMITS.keys)} |`,
  `branches in branches | ${SCHEMA_LIMITS.deepest} |`,
  `| words in one list | ${number(SCHEMA_LIMITS.words)} |`,
  `| at least ${LANGUAGE_LIMITS.leastShare * 100} % of the answer's characters |`,
  `| letters of other scripts | at least ${LANGUAGE_LIMITS.fewestLetters} |`,
  `| warm-up | ${LENGTH_BAND.renewedEvery} answers`,
  `| renewed | every ${LENGTH_BAND.renewedEvery} answers;`,
  ...DETECTOR_IDS.map((id) => `| \`${id}\` |`),
])('the page on detectors says: %s', (words) => {
  expect(page).toContain(words);
});
