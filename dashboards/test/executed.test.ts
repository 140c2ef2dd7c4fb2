import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { METRICS } from '@brownout/signals';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../../tools/programs/find-program.ts';
import { ALERT_ROWS } from '../src/alerts/alerts.ts';
import { readConfig } from '../src/config/read-config.ts';
import { type Answer, ask, exemplarsOf } from './support/ask.ts';
import { type Choices, fillIn } from './support/choices.ts';
import { sendExemplar } from './support/exemplars.ts';
import { followed, matches, traceQuery } from './support/links.ts';
import { type Played, playToPrometheus } from './support/played.ts';
import { type Asked, askedBy, isRow, type Question } from './support/questions.ts';

const ROOM = join(import.meta.dirname, '..');
const dashboards = readdirSync(join(ROOM, 'grafana'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(ROOM, 'grafana', file), 'utf8')) as Dashboard)
  .map((dashboard) => ({ title: dashboard.title ?? '', dashboard }));

/** What the played brownout has nothing of, and why. They are asked all the same: a question that is not valid fails. */
const EMPTY: Readonly<Record<string, string>> = {
  'Brownout: streaming: Now and usually B': 'what is usual is known after an hour',
  'Brownout: telemetry health: Faults of the instrumentation A': 'there are none',
  'Brownout: telemetry health: Answers without token counts A': 'the simulator counts tokens',
};

const LEAST = { count: 1, share: 0.001 } as const;
/** So a minute and a half of a brownout are enough: every dashboard has alerts of its own that fire at its end. */
const EAGER = JSON.stringify({
  alerts: Object.fromEntries(
    ALERT_ROWS.map(([name, { settings }]) => [
      name,
      Object.fromEntries(
        Object.entries(settings).flatMap(([key, { kind }]) =>
          kind in LEAST ? [[key, LEAST[kind as keyof typeof LEAST]]] : [],
        ),
      ),
    ]),
  ),
});

/** What alerts are about has a column each, whether or not one of those with that label fires. */
const HANGS_ON_ALERTS = (where: string, label: string): boolean =>
  where.includes(': Alerts that this dashboard explains ') && label !== 'alertname';

const SECONDS = 90;
const VARIABLES = ['job', 'gen_ai_provider_name', 'gen_ai_request_model', 'brownout_use_case'] as const;
const prometheus = await findProgram('prometheus', 'build');
const pint = await findProgram('pint', 'build');

describe.skipIf(prometheus.kind === 'missing')(
  'on a real Prometheus that has seen a brownout (pnpm test:rules; it takes OTLP, so it is a 3.x)',
  () => {
    let played: Played;
    /** What `All` gives, by where it is asked. */
    const answers = new Map<string, Answer>();

    beforeAll(async () => {
      if (prometheus.kind === 'missing') return;
      const read = readConfig(EAGER, 'eager.yaml');
      if (read.kind === 'mistakes') throw new Error(read.mistakes.join('\n'));
      const { config } = read;
      played = await playToPrometheus({
        prometheus: prometheus.path,
        seconds: SECONDS,
        every: '2s',
        config,
        overflow: true,
      });
      for (const { dashboard } of dashboards)
        for (const asked of questionsOf(dashboard, {})) answers.set(asked.where, await ask(played.url, asked, played));
    }, 300_000);
    afterAll(() => played[Symbol.asyncDispose]());

    test('pint, which can ask it what there is, finds no bug in the rules', { timeout: 300_000 }, async (context) => {
      if (pint.kind === 'missing') return context.skip(pint.why);
      const folder = mkdtempSync(join(tmpdir(), 'pint-'));
      const config = join(folder, 'pint.hcl');
      const own = readFileSync(join(ROOM, '.pint.hcl'), 'utf8');
      writeFileSync(config, `${own}\nprometheus "played" {\n  uri = "${played.url}"\n  timeout = "1m"\n}\n`);
      const args = ['--no-color', '-c', config, 'lint', '--min-severity=bug', 'prometheus'];
      const { stderr } = await promisify(execFile)(pint.path, args, { cwd: ROOM, maxBuffer: 1e8 });
      expect(stderr).toMatch(/Checking Prometheus rules.*online=true/);
      rmSync(folder, { recursive: true });
    });

    const questionsOf = (dashboard: Dashboard, choices: Choices): readonly Asked[] =>
      askedBy(dashboard, (text) =>
        fillIn(text, { rate_interval: '15s', range: `${played.to - played.from}s`, interval: '2s' }, choices),
      );

    /** What a variable offers, with what is chosen before it. */
    async function offered(name: string, choices: Choices): Promise<readonly string[]> {
      const [{ dashboard } = { dashboard: {} as Dashboard }] = dashboards;
      const asked = questionsOf(dashboard, choices).find(({ kind, label }) => kind === 'variable' && label === name);
      if (asked === undefined) throw new Error(`There is no variable ${name}.`);
      const { series } = await ask(played.url, asked, played);
      return series.map((labels) => labels[name] ?? '').toSorted();
    }

    test.each(dashboards)(
      '$title: every query, variable and annotation has an answer, and each label of a legend is in it',
      ({ dashboard }) => {
        const problems = questionsOf(dashboard, {}).flatMap(({ where, legend }) => {
          const { hasNumbers } = answerTo(where);
          if (!hasNumbers !== where in EMPTY)
            return [`${where}: ${hasNumbers ? 'has an answer, though it is said to have none' : 'no answer'}`];
          const shown = seriesBeside(where);
          const missing = legend.filter(
            (label) => hasNumbers && !HANGS_ON_ALERTS(where, label) && !shown.some((one) => (one[label] ?? '') !== ''),
          );
          return missing.map((label) => `${where}: no series has the label ${label}`);
        });
        expect(problems).toEqual([]);
      },
    );

    test.each(dashboards)(
      '$title: all values of every variable, chosen one by one, show what All shows',
      async ({ dashboard }) => {
        const everything = Object.fromEntries(
          await Promise.all(VARIABLES.map(async (name) => [name, await offered(name, {})] as const)),
        );
        expect(Object.values(everything).every((values) => values.length > 1)).toBe(true);
        for (const asked of questionsOf(dashboard, everything))
          expect(seriesOf(await ask(played.url, asked, played)), asked.where).toEqual(seriesOf(answerTo(asked.where)));
      },
    );

    test.each(dashboards)(
      '$title: one value of a variable shows what is of that value, and no more',
      async ({ dashboard }) => {
        for (const name of VARIABLES)
          for (const value of await offered(name, {}))
            for (const asked of questionsOf(dashboard, { [name]: [value] })) {
              const { series } = answerTo(asked.where);
              const chosen = fillIn('$it', {}, { it: [value] });
              // Alerts without the label are of all values.
              const isAlert = asked.kind === 'panel' && asked.expression.includes(`${name}=~"(${chosen})|"`);
              const isChosen =
                asked.expression.includes(`${name}=~"${chosen}"`) && series.every((labels) => name in labels);
              // Without the label in its answer, it is a sum of fewer calls; without the variable in its query, it is not of calls.
              if (!isAlert && !isChosen) {
                await ask(played.url, asked, played);
                continue;
              }
              const expected = {
                series: series.filter((labels) => labels[name] === value || (isAlert && !(name in labels))),
                hasNumbers: true,
              };
              expect(seriesOf(await ask(played.url, asked, played)), `${asked.where}, ${name} ${value}`).toEqual(
                seriesOf(expected),
              );
            }
      },
    );

    test('what is chosen leaves to the variables after it what goes with it', async () => {
      const [job, provider, model, useCase] = VARIABLES;
      expect(await offered(provider, {})).toEqual(['anthropic', 'openai']);
      expect(await offered(provider, { [job]: ['summaries'] })).toEqual(['openai']);
      expect(await offered(model, { [provider]: ['anthropic'] })).toEqual(['claude-haiku-5-5']);
      expect(await offered(model, { [provider]: ['openai'] })).toEqual(['gpt-5-mini', 'text-embedding-3-small']);
      expect(await offered(useCase, { [provider]: ['openai'], [model]: ['gpt-5-mini'] })).toContain('summaries');
      expect(await offered(useCase, { [provider]: ['anthropic'] })).not.toContain('summaries');
    });

    test('what fires leads to a runbook that there is', () => {
      const fires = [...answers].flatMap(([where, { series }]) =>
        /: (?:Alerts that this dashboard explains|Firing alerts: what to do) A$/.test(where)
          ? series.map(({ alertname = '' }) => alertname)
          : [],
      );
      expect(new Set(fires).size).toBeGreaterThan(dashboards.length / 2);
      for (const name of fires) expect(existsSync(join(ROOM, `runbooks/${name}.md`)), name).toBe(true);
      const links = dashboards.flatMap(({ dashboard }) =>
        JSON.stringify(dashboard.panels).match(/[^"]+\$\{__value\.raw\}[^"]*/g),
      );
      for (const link of links) expect(link).toMatch(/\/runbooks\/\$\{__value\.raw\}\.md$/);
    });

    test('a click on what was drawn leads to the traces of such calls', () => {
      const leads = dashboards.flatMap(({ title, dashboard }) =>
        (dashboard.panels ?? []).flatMap((panel) => {
          const link = isRow(panel)
            ? undefined
            : panel.fieldConfig?.defaults.links?.find(({ title: one }) => one === 'Traces of such calls');
          return link === undefined || isRow(panel)
            ? []
            : [{ where: `${title}: ${panel.title}`, url: String(link.url), panel }];
        }),
      );
      expect(leads.length).toBeGreaterThan(10);
      for (const { where, url, panel } of leads) {
        const queries = answerTo(`${where} A`).series.map((labels) => traceQuery(followed(url, labels, panel)));
        const found = queries.filter((query) => played.spans.some((span) => matches(query, span)));
        expect(found, `${where}: ${queries.join(', ')}`).not.toEqual([]);
      }
    });

    test('exemplars arrive at the panels that ask for them', async () => {
      const asking = dashboards.flatMap(({ dashboard }) => {
        const exprs = new Set(
          (dashboard.panels ?? []).flatMap((panel) =>
            isRow(panel)
              ? []
              : ((panel.targets ?? []) as unknown as readonly (Question & { readonly exemplar?: boolean })[])
                  .filter(({ exemplar }) => exemplar === true)
                  .map(({ expr }) => expr),
          ),
        );
        return questionsOf(dashboard, {}).filter(({ source }) => exprs.has(source));
      });
      expect(asking.length).toBeGreaterThan(3);
      const traceId = '5b8aa5a2d2c872e8321cf37308d69df2';
      for (const id of ['inferenceDuration', 'inferenceTimeToFirstChunk', 'taskDuration'] as const)
        await sendExemplar(`${played.url}/api/v1/otlp`, METRICS[id].name, OF_A_CALL, traceId);
      for (const { where, expression } of asking)
        expect(await exemplarsOf(played.url, expression, played.from), where).toContainEqual(
          expect.objectContaining({ trace_id: traceId }),
        );
    });

    /** Series of all queries of a panel: rows of a table are put together from them. */
    const seriesBeside = (where: string): Answer['series'] =>
      [...answers].flatMap(([one, { series }]) => (one.slice(0, -1) === where.slice(0, -1) ? series : []));

    function answerTo(where: string): Answer {
      const answer = answers.get(where);
      if (answer === undefined) throw new Error(`It was not asked: ${where}`);
      return answer;
    }
  },
);

const OF_A_CALL = {
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5-mini',
  'gen_ai.operation.name': 'chat',
  'brownout.use_case': 'elsewhere',
  'brownout.task': 'elsewhere',
};

const seriesOf = ({ series }: Answer): readonly string[] =>
  series
    .map((labels) =>
      Object.keys(labels)
        .toSorted()
        .map((name) => `${name}=${labels[name]}`)
        .join(),
    )
    .toSorted();
