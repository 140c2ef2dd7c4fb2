import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../../tools/programs/find-program.ts';
import { ask } from './support/ask.ts';
import { type Played, playToPrometheus } from './support/played.ts';
import { askedBy, withAll } from './support/questions.ts';

const FOLDER = join(import.meta.dirname, '../grafana');
const dashboards = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Dashboard);

/** What the played brownout has nothing of, and why. They are asked all the same: a question that is not valid fails. */
const EMPTY: Readonly<Record<string, string>> = {
  'Brownout: streaming: Now and usually B': 'what is usual is known after an hour',
  'Brownout: telemetry health: Faults of the instrumentation A': 'there are none',
  'Brownout: telemetry health: Values folded into _other A': 'there are few models and use cases',
  'Brownout: telemetry health: Answers without token counts A': 'the simulator counts tokens',
};

/** Lists of what fires at the end: which alerts, and with which labels, hangs on the pace of the machine. */
const EITHER_WAY = /: (?:Alerts that this dashboard explains|Firing alerts) A$/;

const SECONDS = 60;
const prometheus = await findProgram('prometheus', 'build');

describe.skipIf(prometheus.kind === 'missing')(
  'on a real Prometheus that has seen a brownout (pnpm test:rules; it takes OTLP, so it is a 3.x)',
  () => {
    let played: Played;
    beforeAll(async () => {
      if (prometheus.kind === 'missing') return;
      played = await playToPrometheus({ prometheus: prometheus.path, seconds: SECONDS, every: '2s' });
    }, 240_000);
    afterAll(() => played[Symbol.asyncDispose]());

    test.each(dashboards.map((dashboard) => ({ title: dashboard.title ?? '', dashboard })))(
      '$title: every query, variable and annotation has an answer, and each label of a legend is in it',
      async ({ dashboard }) => {
        const problems: string[] = [];
        const fill = (text: string): string =>
          withAll(
            text
              .replaceAll('$__rate_interval', '15s')
              .replaceAll('$__interval', '2s')
              .replaceAll('$__range', `${played.to - played.from}s`),
          );
        for (const asked of askedBy(dashboard, fill)) {
          const { series, hasNumbers } = await ask(played.url, asked, played);
          if (EITHER_WAY.test(asked.where)) continue;
          const isEmpty = !hasNumbers;
          if (isEmpty !== asked.where in EMPTY)
            problems.push(`${asked.where}: ${isEmpty ? 'no answer' : 'has an answer, though it is said to have none'}`);
          for (const label of asked.legend)
            if (!isEmpty && !series.some((labels) => (labels[label] ?? '') !== ''))
              problems.push(`${asked.where}: no series has the label ${label}`);
        }
        expect(problems).toEqual([]);
      },
    );
  },
);
