import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { findProgram } from '../../tools/programs/find-program.ts';

const RULES = fileURLToPath(new URL('../alerts.yaml', import.meta.url));
const { groups } = parse(readFileSync(RULES, 'utf8')) as {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
};
const ALERTS = groups.flatMap(({ rules }) => rules);

/** Series that make an alert fire, from when on, and series that are close and do not. */
interface Case {
  readonly fires: Readonly<Record<string, string>>;
  readonly quiet: Readonly<Record<string, string>>;
  /** Minutes after which it has to. */
  readonly after: number;
}
const WHO = 'job="otel-agent",instance="one"';
const OF = `{${WHO},exporter="otlp_grpc/gateway"}`;
const counting = (name: string, of: string) => ({
  fires: { [`${name}${of}`]: '0+60x20' },
  quiet: { [`${name}${of}`]: '7x20' },
});
const CASES: Readonly<Record<string, readonly Case[]>> = {
  CollectorQueueFilling: [
    {
      fires: { [`otelcol_exporter_queue_size${OF}`]: '51x20', [`otelcol_exporter_queue_capacity${OF}`]: '100x20' },
      quiet: { [`otelcol_exporter_queue_size${OF}`]: '50x20', [`otelcol_exporter_queue_capacity${OF}`]: '100x20' },
      after: 10,
    },
  ],
  CollectorQueueFull: ['spans', 'metric_points', 'log_records'].map((what) => ({
    ...counting(`otelcol_exporter_enqueue_failed_${what}_total`, OF),
    after: 2,
  })),
  CollectorDataRejected: ['spans', 'metric_points', 'log_records'].map((what) => ({
    ...counting(`otelcol_exporter_send_failed_${what}_total`, OF),
    after: 2,
  })),
  CollectorRefusing: ['spans', 'metric_points', 'log_records'].map((what) => ({
    ...counting(`otelcol_receiver_refused_${what}_total`, `{${WHO},receiver="otlp",transport="grpc"}`),
    after: 7,
  })),
  CollectorSamplerForgets: [
    {
      ...counting('otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total', `{${WHO}}`),
      after: 7,
    },
  ],
};

const promtool = await findProgram('promtool');

/** What promtool complains of; nothing where the alert fires so often. */
async function complaints(alertname: string, series: Case['fires'], at: number, times: number): Promise<string> {
  if (promtool.kind === 'missing') throw new Error(promtool.why);
  const folder = mkdtempSync(join(tmpdir(), 'brownout-alerts-'));
  const rule = { expr: `count(ALERTS{alertname="${alertname}",alertstate="firing"})`, eval_time: `${at}m` };
  const unit = {
    rule_files: [RULES],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [{ ...rule, exp_samples: times === 0 ? [] : [{ labels: '{}', value: times }] }],
      },
    ],
  };
  writeFileSync(join(folder, 'test.yaml'), stringify(unit));
  const told = await promisify(execFile)(promtool.path, ['test', 'rules', join(folder, 'test.yaml')]).then(
    () => '',
    (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
  );
  rmSync(folder, { recursive: true });
  return told;
}

test('every alert has a case', () => {
  expect(Object.keys(CASES).toSorted()).toEqual(ALERTS.map(({ alert }) => alert).toSorted());
});

describe.skipIf(promtool.kind === 'missing')('with promtool (skipped where none is to be had; it says why)', () => {
  test.each(ALERTS.map(({ alert }) => alert))(
    '%s fires when it has to, not before, and not on what is close',
    async (alert) => {
      for (const { fires, quiet, after } of CASES[alert] ?? []) {
        expect(await complaints(alert, fires, after, 1)).toBe('');
        if (after > 2) expect(await complaints(alert, fires, after - 3, 0)).toBe('');
        expect(await complaints(alert, quiet, 15, 0)).toBe('');
      }
    },
  );
});
