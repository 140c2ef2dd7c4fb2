import { DETECTOR_IDS, type DetectorId, type DetectorSwitches } from '@brownout/core';
import { DIALECTS, type DialectId } from '@brownout/dialects';
import type { CaptureContent } from './config.ts';
import { parseDuration } from './parse-duration.ts';

/** One kind of value that a setting may have, wherever it is set. */
interface ValueType<Value> {
  /** Ends the sentence "… is not". */
  readonly expected: string;
  /** The value, from a variable's text or a file's scalar; `undefined` if it is none. */
  readonly parse: (given: unknown) => Value | undefined;
}

/** What `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` may say, in lower case, and what it means. */
const CAPTURE: Readonly<Record<string, CaptureContent>> = {
  no_content: 'none',
  span_only: 'span',
  event_only: 'event',
  span_and_event: 'span_and_event',
  true: 'span',
  false: 'none',
};

const isDialectId = (text: string): text is DialectId => Object.hasOwn(DIALECTS, text);
const asText = (given: unknown): string => (typeof given === 'string' ? given.trim() : '');
const oneOf = (words: readonly string[]): string => `one of ${words.join(', ')}`;

/** `none` lifts a limit: no duration is longer than infinity, and no rate is below 0. */
const orNone =
  <Value>(lifted: Value, parse: (given: unknown) => Value | undefined) =>
  (given: unknown): Value | undefined =>
    asText(given).toLowerCase() === 'none' ? lifted : parse(given);

const positive = (given: unknown): number | undefined => {
  const number = typeof given === 'number' ? given : Number(asText(given) || Number.NaN);
  return number > 0 && Number.isFinite(number) ? number : undefined;
};

function parseDetectors(text: string): DetectorSwitches | undefined {
  const named = text === 'all' ? DETECTOR_IDS : text === 'none' ? [] : text.split(',').map((name) => name.trim());
  if (!named.every((name): name is DetectorId => DETECTOR_IDS.some((id) => id === name))) return undefined;
  return Object.fromEntries(DETECTOR_IDS.map((id) => [id, named.includes(id)])) as DetectorSwitches;
}

/** Every kind of value. */
export const VALUE_TYPES = {
  boolean: {
    expected: 'true or false',
    parse: (given) =>
      typeof given === 'boolean'
        ? given
        : { true: true, '1': true, false: false, '0': false }[asText(given).toLowerCase()],
  },
  duration: {
    expected: 'a duration such as 800ms, 5s or 2m, or none',
    parse: orNone(Infinity, (given) => parseDuration(asText(given))),
  },
  rate: { expected: 'a number of tokens per second above 0, or none', parse: orNone(0, positive) },
  count: {
    expected: 'a whole number above 0',
    parse: (given) => (Number.isSafeInteger(positive(given)) ? positive(given) : undefined),
  },
  name: { expected: 'a name', parse: (given) => asText(given) || undefined },
  path: { expected: 'a path', parse: (given) => asText(given) || undefined },
  host: {
    expected: 'a host such as llm.example.com or 127.0.0.1:8080',
    parse: (given) =>
      /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?$/i.test(asText(given)) ? asText(given).toLowerCase() : undefined,
  },
  dialect: {
    expected: oneOf(Object.keys(DIALECTS)),
    parse: (given) => [asText(given)].find(isDialectId),
  },
  detectors: {
    expected: `all, none, or a list of ${DETECTOR_IDS.join(', ')}`,
    parse: (given) => parseDetectors(asText(given).toLowerCase()),
  },
  capture: {
    expected: oneOf(['NO_CONTENT', 'SPAN_ONLY', 'EVENT_ONLY', 'SPAN_AND_EVENT', 'true', 'false']),
    parse: (given) => {
      const word = asText(given).toLowerCase();
      return Object.hasOwn(CAPTURE, word) ? CAPTURE[word] : undefined;
    },
  },
} as const satisfies Readonly<Record<string, ValueType<unknown>>>;

export type ValueTypeId = keyof typeof VALUE_TYPES;

/** What a value of that kind is after parsing. */
export type ParsedValue<Type extends ValueTypeId> = NonNullable<ReturnType<(typeof VALUE_TYPES)[Type]['parse']>>;
