import { expect, test } from 'vitest';
import { DEFAULT_CONFIG, readConfig } from '../src/config/read-config.ts';
import { generatedFiles } from '../src/generated-files.ts';

test('the empty file is the shipped rules', () => {
  expect(readConfig('', 'mine.yaml')).toEqual({ kind: 'config', config: DEFAULT_CONFIG });
});

test('what is set is in the rules, the runbook keeps saying what is shipped, and the rest is as it was', () => {
  const read = readConfig(
    `runbooks: https://wiki/llm
labels: { team: ai }
alerts:
  BrownoutStreamsStalling: { share: 0.2, bad: 100, for: 10m, severity: critical }
  BrownoutGrayFailure: { enabled: false }
`,
    'mine.yaml',
  );
  if (read.kind === 'mistakes') throw new Error(read.mistakes.join('\n'));
  const alerts = generatedFiles(read.config)['prometheus/brownout-alerts.yaml'] ?? '';
  expect(alerts).toContain('ratio_increase15m > 0.2\n');
  expect(alerts).toMatch(/calls_streamed:increase15m\s+>=\s+100\n/);
  expect(alerts).toMatch(/alert: BrownoutStreamsStalling[^]*?for: 10m[^]*?severity: critical[^]*?team: ai/);
  expect(alerts).toContain('runbook_url: https://wiki/llm/BrownoutStreamsStalling.md');
  expect(alerts).not.toContain('BrownoutGrayFailure');
});

test('every mistake is told with file, line and key, and nothing is used', () => {
  const read = readConfig(
    `grafana: 7
labels: { 'no-name': a }
alerts:
  BrownoutStreamsStaling: {}
  BrownoutStreamsStalling:
    share: 5
    sudde: 20
    for: soon
    enabled: maybe
  BrownoutBudgetBurn:
    objective: 0.9
    severity: bad
  BrownoutGrayFailure: 3
`,
    'mine.yaml',
  );
  expect(read.kind === 'mistakes' ? read.mistakes : []).toEqual([
    'mine.yaml:1: grafana: 7 is not a text.',
    'mine.yaml:2: labels.no-name: "no-name" is not the name of a label.',
    'mine.yaml:4: alerts.BrownoutStreamsStaling: there is no such key; closest is BrownoutStreamsStalling.',
    'mine.yaml:6: alerts.BrownoutStreamsStalling.share: 5 is not a share between 0 and 1.',
    'mine.yaml:7: alerts.BrownoutStreamsStalling.sudde: there is no such key; closest is sudden.',
    'mine.yaml:8: alerts.BrownoutStreamsStalling.for: "soon" is not a duration such as 0s, 90s, 5m, 1h or 2d.',
    'mine.yaml:9: alerts.BrownoutStreamsStalling.enabled: "maybe" is not true or false.',
    'mine.yaml:11: alerts.BrownoutBudgetBurn.objective: 0.9 is not a share above 0.931 (below it, the fastest burn would be more than all calls) and below 1.',
    'mine.yaml:12: alerts.BrownoutBudgetBurn.severity: "bad" is not one of critical, warning, info.',
    'mine.yaml:13: alerts.BrownoutGrayFailure: 3 is not a map of keys and values.',
  ]);
});

test('a file that is no YAML is told where it is none', () => {
  const read = readConfig('alerts:\n  a: [1\n', 'mine.yaml');
  expect(read.kind === 'mistakes' ? read.mistakes[0] : '').toMatch(/^mine.yaml:[23]: /);
  expect(readConfig('- 1\n', 'mine.yaml')).toEqual({
    kind: 'mistakes',
    mistakes: ['mine.yaml:1: a list is not a map of keys and values.'],
  });
});
