import { describe, expect, test } from 'vitest';
import {
  ATTRIBUTE,
  ATTRIBUTES,
  attributesOf,
  COMMON_DIMENSIONS,
  DURATION_BUCKETS,
  EVENTS,
  type MetricId,
  type MetricRow,
  METRICS,
  prometheusLabel,
  RATE_BUCKETS,
  SPANS,
  TOKEN_BUCKETS,
} from './index.ts';

const rows = Object.entries(METRICS) as [MetricId, MetricRow][];

describe('metrics', () => {
  test('have names of their own', () => {
    expect(new Set(rows.map(([, row]) => row.name)).size).toBe(rows.length);
  });

  test.each(rows)('%s has buckets exactly if it is a histogram', (_id, row) => {
    expect(row.buckets !== undefined).toBe(row.instrument === 'histogram');
  });

  test.each(rows)('%s names no attribute twice', (id) => {
    const keys = attributesOf(id);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each(rows.filter(([, row]) => ['call', 'attempt', 'fallback'].includes(row.group)))(
    '%s carries the common dimensions',
    (_id, row) => {
      expect(row.required).toEqual(expect.arrayContaining([...COMMON_DIMENSIONS]));
    },
  );

  test.each(rows)('%s counts in whole numbers or measures in fractions', (_id, row) => {
    if (row.instrument === 'counter' || row.unit === '{token}') expect(row.valueType).toBe('int');
    else if (row.unit === 's' || row.unit === '{token}/s') expect(row.valueType).toBe('double');
    else expect(['1', '{incident}']).toContain(row.unit);
  });

  test('carry no attribute that is unbounded or holds content', () => {
    const unbounded: readonly string[] = Object.values(ATTRIBUTES)
      .filter((row) => row.type === 'structured' || row.type === 'string[]')
      .map((row) => row.key);
    for (const [id] of rows) expect.soft(attributesOf(id).filter((key) => unbounded.includes(key))).toEqual([]);
  });
});

describe('buckets', () => {
  test('of durations double from 10 ms to 327.68 s', () => {
    expect(DURATION_BUCKETS).toHaveLength(16);
    DURATION_BUCKETS.forEach((bound, index) => expect(bound).toBeCloseTo(0.01 * 2 ** index, 10));
  });

  test('of rates double from 1 to 512, of tokens quadruple from 1 to 4^13', () => {
    expect(RATE_BUCKETS).toEqual(Array.from({ length: 10 }, (_, index) => 2 ** index));
    expect(TOKEN_BUCKETS).toEqual(Array.from({ length: 14 }, (_, index) => 4 ** index));
  });
});

describe('attributes', () => {
  test('have keys of their own, also as Prometheus labels', () => {
    const labels = Object.values(ATTRIBUTE).map(prometheusLabel);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('are all used by a metric, a span or an event', () => {
    const used = new Set<string>([
      ...rows.flatMap(([id]) => attributesOf(id)),
      ...Object.values(SPANS).flatMap((span) => [
        ...span.atCreation,
        ...span.required,
        ...span.conditional,
        ...span.recommended,
        ...span.optIn,
      ]),
      ...Object.values(EVENTS).flatMap((event) => [...event.required, ...event.optional, ...event.optIn]),
    ]);
    expect(Object.values(ATTRIBUTE).filter((key) => !used.has(key))).toEqual([]);
  });

  test('that hold content are opt-in everywhere', () => {
    const content: readonly string[] = SPANS.inference.optIn;
    const always = [
      ...Object.values(SPANS).flatMap((span) => [...span.required, ...span.conditional, ...span.recommended]),
      ...Object.values(EVENTS).flatMap((event) => [...event.required, ...event.optional]),
    ];
    expect(content).toHaveLength(4);
    expect(always.filter((key) => content.includes(key))).toEqual([]);
  });
});
