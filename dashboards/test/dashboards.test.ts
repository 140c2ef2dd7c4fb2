import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ATTRIBUTES, METRICS, prometheusLabel, prometheusName } from '@brownout/signals';
import { type Dashboard, type Panel, type RowPanel, VariableType } from '@grafana/grafana-foundation-sdk/dashboard';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ALERT_ROWS } from '../src/alerts/alerts.ts';
import { DASHBOARDS } from '../src/alerts/dashboards.ts';
import { DEFAULT_CONFIG, readConfig } from '../src/config/read-config.ts';
import type { buildResource } from '../src/grafana/build-resource.ts';
import { dashboardFiles } from '../src/grafana/render.ts';
import { recordingGroups } from '../src/render/rule-groups.ts';
import { askedBy, isRow, type Question } from './support/questions.ts';
import { namesIn } from './support/promql.ts';

const CLASSIC = /^grafana\/[^/]+\.json$/;

const read = (config = DEFAULT_CONFIG): readonly Dashboard[] =>
  Object.entries(dashboardFiles(config)).flatMap(([path, text]) =>
    CLASSIC.test(path) ? [JSON.parse(text) as Dashboard] : [],
  );

const dashboards = read();
const panelsOf = ({ panels = [] }: Dashboard): readonly Panel[] =>
  panels.filter((panel: Panel | RowPanel): panel is Panel => !isRow(panel));
const all = dashboards.flatMap((dashboard) => panelsOf(dashboard).map((panel) => ({ dashboard, panel })));
const sorted = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].toSorted();

test('there is a dashboard for each that alerts can lead to, and an alert leads to each', () => {
  expect(sorted(dashboards.map(({ uid }) => uid ?? ''))).toEqual(
    sorted(Object.values(DASHBOARDS).map(({ uid }) => uid)),
  );
  expect(sorted(ALERT_ROWS.map(([, { dashboard }]) => dashboard))).toEqual(sorted(Object.keys(DASHBOARDS)));
});

test('the dashboards link the runbooks of exactly the alerts that there are, each also where the alert leads to', () => {
  const names = ALERT_ROWS.map(([name]) => name);
  expect(sorted(dashboards.flatMap(runbooksIn))).toEqual(sorted(names));
  for (const [name, { dashboard }] of ALERT_ROWS) {
    const led = dashboards.find(({ uid }) => uid === DASHBOARDS[dashboard].uid);
    expect(led === undefined ? [] : runbooksIn(led)).toContain(name);
  }
  // The query for what fires finds alerts by how their names begin.
  for (const name of names) expect(name).toMatch(/^Brownout./);
});

function runbooksIn(dashboard: Dashboard): readonly string[] {
  const links = panelsOf(dashboard).flatMap((panel) => panel.links ?? []);
  return links.flatMap(({ url = '' }) => /([^/]+)\.md$/.exec(url)?.[1] ?? []);
}

test('every query, variable and annotation parses, and asks only for what the registry, the rules or Prometheus know', () => {
  const metrics = new Set([
    ...Object.values(METRICS)
      .map(prometheusName)
      .flatMap((name) => [name, ...['bucket', 'sum', 'count'].map((part) => `${name}_${part}`)]),
    ...recordingGroups().flatMap(({ rules }) => rules.map((rule) => ('record' in rule ? rule.record : ''))),
    'ALERTS',
    'ALERTS_FOR_STATE',
  ]);
  const ofPrometheus = ['job', 'le', 'alertname', 'alertstate', 'severity', 'category'];
  const labels = new Set([...ofPrometheus, ...Object.values(ATTRIBUTES).map(({ key }) => prometheusLabel(key))]);
  for (const { where, expression, legend } of dashboards.flatMap((dashboard) => askedBy(dashboard))) {
    const names = namesIn(expression);
    expect(names.metrics, where).not.toEqual([]);
    for (const name of names.metrics) expect(metrics, where).toContain(name);
    for (const label of [...names.labels, ...legend]) expect(labels, where).toContain(label);
  }
});

test('what Grafana reads below the provisioned folder, it can read: nothing is there but classic dashboards', () => {
  const json = Object.keys(dashboardFiles(DEFAULT_CONFIG)).filter((path) => /^grafana\/.+\.json$/.test(path));
  expect(json).toHaveLength(dashboards.length);
  for (const path of json) expect(path).toMatch(CLASSIC);
});

test('a click leads to a dashboard that there is, and chooses by variables that it has', () => {
  const drillDowns = all.flatMap(({ panel }) =>
    (panel.fieldConfig?.defaults.links ?? []).map(({ url }) => String(url)).filter((url) => url.startsWith('/d/')),
  );
  expect(drillDowns).not.toEqual([]);
  for (const url of drillDowns) {
    const [, uid, query = ''] = /^\/d\/([^?]+)\?(.+)$/.exec(url) ?? [];
    const target = dashboards.find((dashboard) => dashboard.uid === uid);
    const variables = new Set((target?.templating?.list ?? []).map(({ name }) => name));
    expect(variables.size, url).toBeGreaterThan(0);
    const chosen = [...query.matchAll(/var-(\w+)=|\$\{(\w+):queryparam\}/g)].map(([, set, kept]) => set ?? kept ?? '');
    expect(chosen.length, url).toBeGreaterThan(4);
    for (const name of chosen) expect(variables, url).toContain(name);
  }
});

test('a panel says what it shows, what is bad and of what, in a unit, and has a title of its own', () => {
  for (const { dashboard, panel } of all) {
    const where = `${dashboard.title}: ${panel.title}`;
    expect(panel.description, where).toMatch(/^.+\n\n\*\*Bad:\*\* .+\n\n\*\*Measured against:\*\* .+$/);
    expect(panel.fieldConfig?.defaults.unit, where).toBeTruthy();
    expect(panel.fieldConfig?.defaults.noValue, where).toBeTruthy();
    expect(panel.targets, where).not.toHaveLength(0);
  }
  for (const dashboard of dashboards) {
    const titles = panelsOf(dashboard).map(({ title }) => title);
    expect(new Set(titles).size, dashboard.title).toBe(titles.length);
  }
});

/** The rules of Grafana's dashboard-linter; its rules on `instance` are left out: a vendor's trouble is not one process's. */
test.each(dashboards.map((dashboard) => ({ title: dashboard.title ?? '', dashboard })))(
  '$title keeps the rules of the linter',
  ({ dashboard }) => {
    expect(dashboard.editable).toBe(false);
    expect(dashboard.uid).toMatch(/^brownout-[a-z-]{1,31}$/);
    const variables = dashboard.templating?.list ?? [];
    expect(variables[0]).toMatchObject({
      name: 'prometheus_datasource',
      type: 'datasource',
      label: 'Prometheus data source',
    });
    for (const variable of variables.filter(({ type }) => type === VariableType.Query))
      expect(variable).toMatchObject({ multi: true, includeAll: true, allValue: '.+', refresh: 2 });
    for (const panel of panelsOf(dashboard))
      for (const source of [
        panel.datasource,
        ...(panel.targets ?? []).map((one) => (one as unknown as Question).datasource),
      ])
        expect(source, panel.title).toEqual({ type: 'prometheus', uid: '${prometheus_datasource}' });
    for (const { where, expression } of askedBy(dashboard, (text) => text)) {
      expect(expression.match(/\b(?:rate|irate)\([^[]*\[(?!\$__rate_interval\])/), where).toBeNull();
      // Counting series is no reading of a counter.
      const bare = expression.replaceAll(/\b(?:rate|increase|count by \([^)]*\) )\([^)]*\)/g, '');
      expect(bare.match(/_total\b/), where).toBeNull();
    }
  },
);

test('each variable offers what is left by the one before it', () => {
  for (const dashboard of dashboards) {
    const variables = (dashboard.templating?.list ?? []).filter(({ type }) => type === VariableType.Query);
    expect(variables).toHaveLength(4);
    for (const [index, { name, query }] of variables.entries()) {
      const before = variables[index - 1]?.name;
      if (before !== undefined) expect(JSON.stringify(query), name).toContain(`=~\\"$${before}\\"`);
    }
  }
});

test('a threshold of the configuration moves the line that is drawn', () => {
  const config = readConfig('alerts: { BrownoutStreamsStalling: { share: 0.31 } }', 'mine.yaml');
  if (config.kind !== 'config') throw new Error(config.mistakes.join('\n'));
  const text = JSON.stringify(read(config.config));
  expect(text).toContain('"value":0.31');
  expect(JSON.stringify(dashboards)).not.toContain('"value":0.31');
});

test('a click on a verdict asks for traces of that verdict, on anything else for those of calls that were not usable', () => {
  const queries = all.flatMap(({ panel }) =>
    (panel.fieldConfig?.defaults.links ?? []).flatMap(({ url }) => {
      const panes = /[?&]panes=([^&]+)/.exec(String(url))?.[1];
      return panes === undefined ? [] : [decodeURIComponent(panes)];
    }),
  );
  expect(queries).not.toEqual([]);
  for (const query of queries) {
    expect(() => JSON.parse(query)).not.toThrow();
    expect(query.match(/span\.brownout\.verdict/g)).toHaveLength(1);
  }
});

test('the guide leads to each dashboard and shows it', () => {
  const docs = join(import.meta.dirname, '../../docs');
  const guide = readFileSync(join(docs, 'guides/grafana.md'), 'utf8');
  for (const { uid = '', title } of dashboards) {
    const picture = `images/dashboard-${uid.replace('brownout-', '')}.png`;
    expect(guide, title).toContain(`(../../dashboards/grafana/${uid}.json)`);
    expect(guide, title).toContain(`(../${picture})`);
    expect(existsSync(join(docs, picture)), picture).toBe(true);
  }
});

test('the resource and the ConfigMap of a dashboard say the same as its classic form', () => {
  const files = dashboardFiles(DEFAULT_CONFIG);
  for (const dashboard of dashboards) {
    const uid = dashboard.uid ?? '';
    const { data } = parse(files[`kubernetes/grafana/${uid}.yaml`] ?? '') as { data: Readonly<Record<string, string>> };
    expect(JSON.parse(data[`${uid}.json`] ?? '')).toEqual(dashboard);
    const { metadata, spec } = JSON.parse(files[`grafana-v2/${uid}.json`] ?? '') as ReturnType<typeof buildResource>;
    expect(metadata.name).toBe(uid);
    const placed = spec.layout.kind === 'RowsLayout' ? JSON.stringify(spec.layout) : '';
    const expressions = Object.entries(spec.elements).flatMap(([name, { spec: panel }]) => {
      expect(placed).toContain(`"${name}"`);
      return 'data' in panel ? panel.data.spec.queries.map(({ spec: one }) => (one.query.spec as Question).expr) : [];
    });
    const questions = panelsOf(dashboard).flatMap(({ targets = [] }) => targets as unknown as readonly Question[]);
    expect(expressions).toEqual(questions.map(({ expr }) => expr));
  }
});
