import { readFileSync } from 'node:fs';
import { prometheusLabel, prometheusName } from '@brownout/signals';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { traceId } from './support/otlp.ts';
import { attributesFor, EMITTED, everyMetric } from './support/registry-metrics.ts';
import { COMBINATIONS, type IntoPrometheus, startIntoPrometheus } from './support/ways-into-prometheus.ts';

/** Far more than is ever added: what counts it twice shows. */
const BEFORE = 100_000;
const waiting = { timeout: 60_000, interval: 250 };

interface Rules {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly { readonly record: string; readonly expr: string }[];
  }[];
}
const rules = parse(
  readFileSync(new URL('../../dashboards/prometheus/brownout-recording.yaml', import.meta.url), 'utf8'),
) as Rules;
/** Those that read metrics as they arrive; all others read what these have recorded. */
const READING = rules.groups
  .flatMap((group) => group.rules)
  .filter(({ expr }) => EMITTED.some((metric) => expr.includes(prometheusName(metric))));

/** What each way's rules have found: the labels of each. */
const found = new Map<string, Readonly<Record<string, unknown>>>();

describe.each(COMBINATIONS)('by $way into $version', (combination) => {
  let stack: IntoPrometheus;
  let why = '';
  const exported = { start: Date.now(), instance: 'first', value: BEFORE };
  /** Exports once a second, so many times, one more counted each time. */
  const go = async (times: number, how: Partial<typeof exported & { temporality: 'delta' }> = {}) => {
    Object.assign(exported, how);
    for (let time = 0; time < times; time += 1) {
      exported.value += how.temporality === 'delta' ? 0 : 1;
      await stack.send(everyMetric(exported));
      const seen = how.temporality === undefined ? `== ${exported.value}` : '';
      await vi.waitFor(async () => expect(await stack.query(`brownout_calls_total ${seen}`)).not.toEqual([]), waiting);
    }
  };
  const increase = async (name: string): Promise<number> =>
    Number((await stack.query(`sum(increase(${name}[5m]))`))[0]?.value[1] ?? Number.NaN);

  beforeAll(async () => {
    const started = await startIntoPrometheus(combination);
    if (typeof started === 'string') return void (why = started);
    stack = started;
    await go(4);
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  test('every metric of the registry is there under its name, with its labels and its value', async (context) => {
    if (why) context.skip(why);
    for (const metric of EMITTED) {
      const name = `${prometheusName(metric)}${metric.instrument === 'histogram' ? '_count' : ''}`;
      const labels = Object.entries(attributesFor(metric)).map(([key, value]) => [prometheusLabel(key), String(value)]);
      const series = await stack.query(name);
      expect
        .soft(series.map((one) => one.metric))
        .toEqual([{ __name__: name, job: 'ticket-desk', instance: 'first', ...Object.fromEntries(labels) }]);
      expect.soft(Number(series[0]?.value[1]), name).toBe(metric.instrument === 'gauge' ? 1 : exported.value);
    }
  });

  test('the recording rules find what they read', async (context) => {
    if (why) context.skip(why);
    const entries = await Promise.all(
      READING.map(
        async ({ record, expr }) =>
          [record, (await stack.query(expr)).map(({ metric }) => JSON.stringify(metric)).toSorted()] as const,
      ),
    );
    found.set(`${combination.way}, ${combination.version}`, Object.fromEntries(entries));
    expect(entries.filter(([, series]) => series.length > 0).length).toBeGreaterThan(20);
    for (const [way, labels] of found) expect(labels, way).toEqual(Object.fromEntries(entries));
  });

  test('exemplars lead to a trace', async (context) => {
    if (why) context.skip(why);
    const name = 'gen_ai_client_inference_duration_seconds_bucket';
    const hour = `start=${Date.now() / 1000 - 3600}&end=${Date.now() / 1000 + 60}`;
    const answer = (await stack.get(`query_exemplars?query=${name}&${hour}`)) as {
      readonly data: readonly { readonly exemplars: readonly { readonly labels: object }[] }[];
    };
    expect(answer.data.flatMap(({ exemplars }) => exemplars)[0]?.labels).toMatchObject({ trace_id: traceId(1) });
  });

  test('nothing is counted twice when application, gateway and agent start anew', async (context) => {
    if (why) context.skip(why);
    await go(2, { start: Date.now(), value: 0 });
    await stack.restart('gateway');
    await go(2);
    await stack.restart('agent');
    await go(2);
    for (const name of ['brownout_calls_total', 'gen_ai_client_inference_duration_seconds_count'])
      expect(await increase(name)).toBeLessThan(50);
  });

  test('deltas are added up, also over the end of the agent that does it', async (context) => {
    if (why) context.skip(why);
    const total = async (): Promise<number> =>
      Number((await stack.query('sum(brownout_calls_total{instance="deltas"})'))[0]?.value[1]);
    const delta = { instance: 'deltas', value: 10, temporality: 'delta' } as const;
    for (const sum of [10, 20, 30]) {
      await stack.send(everyMetric({ ...delta, start: Date.now() - 1000 }));
      await vi.waitFor(async () => expect(await total()).toBe(sum), waiting);
    }
    await stack.restart('agent');
    await stack.send(everyMetric({ ...delta, start: Date.now() - 1000 }));
    await vi.waitFor(async () => expect(await total()).toBe(10), waiting);
    // 10, 20, 30, and 10 after it began anew; what a series is born with is not seen. That is 30, which Prometheus draws out to
    // both sides by up to 1.1 of the three intervals between these samples; all of it counted twice would be past it.
    expect(await increase('brownout_calls_total{instance="deltas"}')).toBeLessThanOrEqual(30 * (1 + 2.2 / 3));
  });
});
