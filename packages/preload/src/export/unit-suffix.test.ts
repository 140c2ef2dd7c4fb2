import { METRICS, prometheusName } from '@brownout/signals';
import { expect, test } from 'vitest';
import { withUnitSuffix } from './unit-suffix.ts';

test.each([
  { name: 'http.server.request.duration', unit: 's', isGauge: false, expected: 'http.server.request.duration_seconds' },
  { name: 'v8js.memory.heap.used', unit: 'By', isGauge: false, expected: 'v8js.memory.heap.used_bytes' },
  { name: 'nodejs.eventloop.utilization', unit: '1', isGauge: true, expected: 'nodejs.eventloop.utilization_ratio' },
  { name: 'system.cpu.share', unit: '1', isGauge: false, expected: 'system.cpu.share' },
  { name: 'stream.rate', unit: '{token}/s', isGauge: false, expected: 'stream.rate_per_second' },
  { name: 'disk.io', unit: 'By/s', isGauge: false, expected: 'disk.io_bytes_per_second' },
  { name: 'calls', unit: '{call}', isGauge: false, expected: 'calls' },
  { name: 'lag_seconds', unit: 's', isGauge: true, expected: 'lag_seconds' },
  { name: 'sent_total', unit: 'By', isGauge: false, expected: 'sent_bytes_total' },
  { name: 'nothing', unit: '', isGauge: true, expected: 'nothing' },
])('$name in $unit is scraped as $expected', ({ name, unit, isGauge, expected }) => {
  expect(withUnitSuffix(name, unit, isGauge)).toBe(expected);
});

/** What the SDK's exporter adds to what it is given. */
const served = (name: string, isCounter: boolean): string =>
  name.replaceAll(/[^A-Za-z0-9_]+/g, '_') + (isCounter && !name.endsWith('_total') ? '_total' : '');

test.each(Object.values(METRICS))('$name is scraped under the name that dashboards and rules use', (metric) => {
  const { name, unit, instrument } = metric;
  const scraped = served(withUnitSuffix(name, unit, instrument === 'gauge'), instrument === 'counter');

  expect(scraped).toBe(prometheusName(metric));
});
