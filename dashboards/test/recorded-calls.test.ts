import { readFileSync } from 'node:fs';
import { METRICS, prometheusName, type MetricRow } from '@brownout/signals';
import { beforeAll, describe, expect, test } from 'vitest';
import { RECORDED_CALLS } from '../replay/parts.ts';
import { recordCalls } from '../replay/record/record-calls.ts';
import { caseName, RECORDED_CASES } from '../replay/record/recorded-case.ts';
import { parseRecording, renderRecording, type RecordedCall, type Recording } from '../replay/record/recording.ts';
import { READ_BY_RULES } from '../replay/rules.ts';

const text = readFileSync(RECORDED_CALLS, 'utf8');
const kept = parseRecording(text);

/** Some that are quickly played: a fault of the connection, of the body, of the answer, and one with retries. */
const SAMPLE = [null, 'connection_reset', 'cut_clean', 'html_200', 'empty_completion', 'refusal', 'overloaded'];
const cases = RECORDED_CASES.filter(({ fault }) => SAMPLE.includes(fault));
let fresh: Recording;

beforeAll(async () => {
  fresh = await recordCalls({ cases, calls: 3 });
}, 120_000);

const callsOf = ({ calls }: Recording, one: (typeof cases)[number]): readonly RecordedCall[] =>
  calls.filter(({ fault, streaming }) => fault === (one.fault ?? 'healthy') && streaming === one.streaming);

const READ = new Set(
  Object.values<MetricRow>(METRICS)
    .filter((row) =>
      ['', '_bucket', '_sum', '_count'].some((part) => READ_BY_RULES.has(`${prometheusName(row)}${part}`)),
    )
    .map(({ name }) => name),
);

/** What is the same each time that such a call is made, of what rules read: which series, how much a counter grew, how many were measured. */
const shapeOf = ({ points }: RecordedCall): readonly string[] =>
  points
    .filter(({ metric }) => READ.has(metric))
    .map((point) => {
      const series = `${point.metric} ${JSON.stringify(point.attributes)}`;
      if (point.kind === 'histogram') {
        return `${series} ${Object.values(point.buckets).reduce((sum, count) => sum + count, 0)}`;
      }
      return `${series} ${point.kind === 'gauge' || point.metric.includes('usage') ? '' : point.value}`;
    })
    .toSorted();

describe.each(cases.map((one) => [caseName(one), one] as const))('%s', (_, one) => {
  test('a call that is made now adds to the same series as a recorded one', () => {
    const known = callsOf(kept, one).map((call) => JSON.stringify(shapeOf(call)));
    expect(callsOf(fresh, one)).toHaveLength(3);
    for (const call of callsOf(fresh, one)) expect(known).toContain(JSON.stringify(shapeOf(call)));
  });
});

test('the same series are born at 0 with the first call', () => {
  expect(fresh.born).toEqual(kept.born);
  expect(kept.born.streamed.length).toBeGreaterThan(40);
});

test('every fault is recorded in every mode in which it exists', () => {
  const recorded = new Set(kept.calls.map(caseNameOf));
  expect(recorded).toEqual(new Set(RECORDED_CASES.map(caseName)));
});

test('what is written is what is read', () => {
  expect(renderRecording(kept)).toBe(text);
});

const caseNameOf = ({ fault, streaming }: RecordedCall): string => `${fault} ${streaming ? 'streamed' : 'whole'}`;
