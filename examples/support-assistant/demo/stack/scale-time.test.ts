import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { scaleAlertmanager, scaleDuration, scaleExpression, scaleYaml } from './scale-time.ts';

const shipped = (path: string) => readFileSync(join(import.meta.dirname, '../../../../dashboards', path), 'utf8');

describe('scaleDuration', () => {
  it.each([
    ['1m', '3000ms'],
    ['14m59s', '44950ms'],
    ['2d23h59m59s', '12959950ms'],
  ])('makes %s a twentieth, %s', (duration, scaled) => {
    expect(scaleDuration(duration, 20)).toBe(scaled);
  });
});

describe('scaleExpression', () => {
  it('scales windows, offsets and what turns sums of rates into counts, and no threshold and no name', () => {
    const expression =
      '60 * sum by (a) (sum_over_time(call:x:rate5m{b="5m"}[59m59s] offset 1h)) >= 60 and y > 14.4 * 0.01';
    expect(scaleExpression(expression, 20)).toBe(
      '3 * sum by (a) (sum_over_time(call:x:rate5m{b="5m"}[179950ms] offset 180000ms)) >= 60 and y > 14.4 * 0.01',
    );
  });
});

describe('scaleYaml', () => {
  it.each(['prometheus/brownout-recording.yaml', 'prometheus/brownout-alerts.yaml'])('scales all of %s', (path) => {
    const text = shipped(path);
    const scaled = scaleYaml(text, 20);
    expect(scaled).not.toMatch(/\[\d+[smhd]\b|offset \d+[smhd]\b|\b(60|300) \* |(interval|for): \d+[smhd]$/m);
    expect(scaled.match(/\[\d+ms[\]:]/g)).toHaveLength(text.match(/\[[\dsmhd]+[\]:]/g)?.length ?? 0);
    const counts = (yaml: string, pattern: RegExp) => yaml.match(pattern)?.length ?? 0;
    expect(counts(scaled, /\b(3|15) \* (sum|max)/g)).toBe(counts(text, /\b(60|300) \* (sum|max)/g));
  });

  it('changes nothing in true time', () => {
    const text = shipped('prometheus/brownout-alerts.yaml');
    expect(parse(scaleYaml(text, 1))).toEqual(parse(text));
  });
});

describe('scaleAlertmanager', () => {
  it('gives every receiver an address and leaves routes and inhibitions', () => {
    const text = shipped('alertmanager/alertmanager.yaml');
    const before = parse(text) as { inhibit_rules: unknown; receivers: { name: string }[] };
    const after = parse(scaleAlertmanager(text, 20, 'http://told')) as typeof before & { route: object };
    expect(after.inhibit_rules).toEqual(before.inhibit_rules);
    expect(after.route).toMatchObject({ group_wait: '1500ms', group_interval: '15000ms' });
    expect(after.receivers).toEqual(
      before.receivers.map(({ name }) => ({
        name,
        webhook_configs: [{ url: `http://told/${name}`, send_resolved: true }],
      })),
    );
  });
});
