import { ATTRIBUTES, METRICS, type MetricId, prometheusLabel } from '@brownout/signals';
import { expect, test } from 'vitest';
import { ALERT_ROWS } from '../src/alerts/alerts.ts';
import { DASHBOARDS } from '../src/alerts/dashboards.ts';
import { DEFAULT_CONFIG } from '../src/config/read-config.ts';
import { generatedFiles } from '../src/generated-files.ts';
import { FOREIGN_LABELS } from '../src/promql/labels.ts';
import { FOREIGN_IDS, namesOf } from '../src/recording/spellings.ts';
import { alertGroups, recordingGroups, type RuleGroup } from '../src/render/rule-groups.ts';
import { SCENARIOS } from './scenarios/scenarios.ts';
import { namesIn } from './support/promql.ts';

const files = generatedFiles();
const alerting = alertGroups(DEFAULT_CONFIG);
const recording = recordingGroups();
const rules = alerting.flatMap((group) => group.rules.filter((rule) => 'alert' in rule));
const names = ALERT_ROWS.map(([name]) => name);

const sorted = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].toSorted();

test('alerts, tests and runbooks are the same set', () => {
  expect(sorted(rules.map(({ alert }) => alert))).toEqual(sorted(names));
  expect(sorted(SCENARIOS.map(({ alert }) => alert))).toEqual(sorted(names));
  const runbooks = Object.keys(files).filter((path) => path.startsWith('runbooks/'));
  expect(sorted(runbooks)).toEqual(sorted(names.map((name) => `runbooks/${name}.md`)));
});

test('every rule of an alert has a scenario', () => {
  const matches = (labels: Readonly<Record<string, string>>, rule: Readonly<Record<string, string>>) =>
    Object.entries(rule).every(([name, value]) => labels[name] === value);
  for (const { alert, labels } of rules)
    expect(
      SCENARIOS.some((one) => one.alert === alert && matches(labels, one.rule ?? {})),
      alert,
    ).toBe(true);
});

test('links lead to runbooks and dashboards that there are', () => {
  const uids = Object.values(DASHBOARDS).map(({ uid }) => uid);
  for (const { alert, annotations } of rules) {
    expect(annotations.runbook_url).toBe(`${DEFAULT_CONFIG.runbooks}/${alert}.md`);
    expect(uids, alert).toContain(/\/d\/([^?]+)\?/.exec(annotations.dashboard_url)?.[1]);
  }
});

const RAW = new Set(
  [...(Object.keys(METRICS) as MetricId[]), ...FOREIGN_IDS].flatMap((id) => [
    ...namesOf(id),
    ...(['bucket', 'sum', 'count'] as const).flatMap((part) => namesOf(id, part)),
  ]),
);

test('only the recording layer reads metrics as they arrive, and what is read is recorded', () => {
  const recorded = new Set(
    recording.flatMap((group) => group.rules.map((rule) => ('record' in rule ? rule.record : ''))),
  );
  for (const { expr } of rules) for (const name of namesIn(expr).metrics) expect(recorded).toContain(name);
  for (const group of recording)
    for (const name of group.rules.flatMap((rule) => namesIn(rule.expr).metrics))
      expect(recorded.has(name) || (RAW.has(name) && /normalise|vendors/.test(group.name)), name).toBe(true);
});

test('every recorded series is read by a rule or a runbook', () => {
  const text = Object.values(files).join('\n');
  const isRead = (record: string): boolean => text.split(new RegExp(`${record}\\b`)).length > 2;
  const records = recording.flatMap((group) => group.rules.map((rule) => ('record' in rule ? rule.record : '')));
  expect(records.filter((record) => !isRead(record))).toEqual([]);
});

test('labels are those of the registry, and no process is in what is said of a vendor', () => {
  const known = new Set([
    'le',
    'job',
    ...Object.values(FOREIGN_LABELS),
    '__name__',
    ...Object.values(ATTRIBUTES).map(({ key }) => prometheusLabel(key)),
  ]);
  for (const { expr } of [...recording, ...alerting].flatMap((group) => [...group.rules]))
    for (const label of namesIn(expr).labels) expect(known, expr).toContain(label);
  for (const text of Object.values(files)) expect(text).not.toMatch(/\binstance\b/);
});

test('every ruler can take the groups: those of Prometheus 2.42, Mimir and Thanos', () => {
  const groups = [...recording, ...alerting] as readonly RuleGroup[];
  // Mimir keeps groups by their names, and has so much room for them.
  expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
  expect(groups.length).toBeLessThanOrEqual(MOST_OF_MIMIR.groups);
  for (const { name, rules: members, ...rest } of groups) {
    expect(members.length, name).toBeLessThanOrEqual(MOST_OF_MIMIR.rules);
    // Neither what Thanos alone knows (`partial_response_strategy`) nor what is newer (`query_offset`, `limit`, `labels`).
    expect(Object.keys(rest), name).toEqual(['interval']);
  }
  expect(recording.map(({ interval }) => interval)).toEqual(recording.map(() => '1m'));
  // What waits for nothing is looked at twice as often.
  expect(new Set(alerting.map(({ interval }) => interval))).toEqual(new Set(['1m', '30s']));
  const all = groups.flatMap(({ rules: members }) => [...members]);
  const told = all.map((rule) =>
    'record' in rule ? rule.record : JSON.stringify([rule.alert, Object.entries(rule.labels).map(String).toSorted()]),
  );
  expect(told.filter((one, place) => told.indexOf(one) !== place)).toEqual([]);
  // mimirtool writes a text that begins with a space in a way that Mimir cannot read.
  for (const { expr } of all) expect(expr).toMatch(/^\S/);
});

/** In each group, and of them, unless its operator says otherwise. */
const MOST_OF_MIMIR = { rules: 20, groups: 70 } as const;
