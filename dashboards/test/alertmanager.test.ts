import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { findProgram } from '../../tools/programs/find-program.ts';
import { startAlertmanager } from '../../tools/programs/start-program.ts';
import type { AlertName } from '../src/alerts/alerts.ts';
import { DEFAULT_CONFIG } from '../src/config/read-config.ts';
import { generatedFiles } from '../src/generated-files.ts';
import { alertGroups } from '../src/render/rule-groups.ts';

// Building them takes minutes: `pnpm test:rules` does.
const wanted = process.env['BROWNOUT_RULES'] === 'all' ? 'build' : 'any';
const alertmanager = await findProgram('alertmanager', wanted);
const amtool = await findProgram('amtool', wanted);
const config = generatedFiles()['alertmanager/alertmanager.yaml'] ?? '';
const rules = alertGroups(DEFAULT_CONFIG).flatMap((group) => group.rules.filter((rule) => 'alert' in rule));

type Labels = Readonly<Record<string, string>>;

/** An alert as Prometheus sends it: the labels of its rule, and whose it is. */
function firing(alertname: AlertName, whose: Labels, variant: Labels = {}): Labels {
  const rule = rules.find(
    (one) => one.alert === alertname && Object.entries(variant).every(([name, value]) => one.labels[name] === value),
  );
  if (rule === undefined) throw new Error(`no rule of ${alertname} has ${JSON.stringify(variant)}`);
  return { alertname, ...rule.labels, ...whose };
}

const FAST = { long: '1h' };
const SLOW = { long: '3d' };
const TWIN = { declared: 'true' };

/** Both fire; is the second one held back? Each pair is of a vendor or use case of its own. */
const PAIRS: readonly {
  readonly why: string;
  readonly source: (w: Labels) => Labels;
  readonly target: (w: Labels) => Labels;
  readonly isHeldBack: boolean;
}[] = [
  {
    why: 'a vendor that is down stalls',
    source: (w) => firing('BrownoutVendorDown', w),
    target: (w) => firing('BrownoutStreamsStalling', w),
    isHeldBack: true,
  },
  {
    why: 'a vendor that is down is slow',
    source: (w) => firing('BrownoutVendorDown', w),
    target: (w) => firing('BrownoutFirstChunkOverBudget', w),
    isHeldBack: true,
  },
  {
    why: 'a vendor that is down has empty answers',
    source: (w) => firing('BrownoutVendorDown', w),
    target: (w) => firing('BrownoutEmptyAnswers', w),
    isHeldBack: true,
  },
  {
    why: 'a vendor that is down is retried',
    source: (w) => firing('BrownoutVendorDown', w),
    target: (w) => firing('BrownoutRetryStorm', w),
    isHeldBack: true,
  },
  {
    why: 'a vendor that is down is inconsistent',
    source: (w) => firing('BrownoutVendorDown', w),
    target: (w) => firing('BrownoutInconsistent', w),
    isHeldBack: true,
  },
  {
    why: 'a vendor that is down is gray',
    source: (w) => firing('BrownoutVendorDown', w),
    target: (w) => firing('BrownoutGrayFailure', w),
    isHeldBack: true,
  },
  {
    why: 'a vendor that is down burns the budget: told',
    source: (w) => firing('BrownoutVendorDown', w),
    target: (w) => firing('BrownoutBudgetBurn', w, FAST),
    isHeldBack: false,
  },
  {
    why: 'a vendor that is down and a quota: told',
    source: (w) => firing('BrownoutVendorDown', w),
    target: (w) => firing('BrownoutQuotaExhausted', w),
    isHeldBack: false,
  },
  {
    why: 'a vendor that is down and declares it is a warning',
    source: (w) => firing('BrownoutVendorDown', w, TWIN),
    target: (w) => firing('BrownoutVendorDown', w),
    isHeldBack: true,
  },
  {
    why: 'and that warning is told',
    source: (w) => firing('BrownoutVendorDown', w),
    target: (w) => firing('BrownoutVendorDown', w, TWIN),
    isHeldBack: false,
  },
  {
    why: 'a declared burn is a warning',
    source: (w) => firing('BrownoutBudgetBurn', w, { ...FAST, ...TWIN }),
    target: (w) => firing('BrownoutBudgetBurn', w, FAST),
    isHeldBack: true,
  },
  {
    why: 'and that warning is told',
    source: (w) => firing('BrownoutBudgetBurn', w, FAST),
    target: (w) => firing('BrownoutBudgetBurn', w, { ...FAST, ...TWIN }),
    isHeldBack: false,
  },
  {
    why: 'a declared incident alone hides nothing',
    source: (w) => firing('BrownoutVendorIncident', w),
    target: (w) => firing('BrownoutStreamsStalling', w),
    isHeldBack: false,
  },
  {
    why: 'what burns fast burns slowly',
    source: (w) => firing('BrownoutBudgetBurn', w, FAST),
    target: (w) => firing('BrownoutBudgetBurn', w, SLOW),
    isHeldBack: true,
  },
  {
    why: 'also for a use case',
    source: (w) => firing('BrownoutUseCaseBudgetBurn', w, FAST),
    target: (w) => firing('BrownoutUseCaseBudgetBurn', w, SLOW),
    isHeldBack: true,
  },
  {
    why: 'a model that burns and a use case that does: told',
    source: (w) => firing('BrownoutBudgetBurn', w, FAST),
    target: (w) => firing('BrownoutUseCaseBudgetBurn', w, SLOW),
    isHeldBack: false,
  },
  {
    why: 'a use case that lives on its fallback uses it',
    source: (w) => firing('BrownoutFallbackSaturated', w),
    target: (w) => firing('BrownoutFallbackActive', w),
    isHeldBack: true,
  },
];

const pairs = PAIRS.map((pair, index) => {
  const whose = {
    gen_ai_provider_name: `p${index}`,
    gen_ai_request_model: 'm',
    brownout_use_case: `u${index}`,
    pair: String(index),
  };
  return {
    ...pair,
    index,
    alerts: [
      { ...pair.source(whose), role: 'source' },
      { ...pair.target(whose), role: 'target' },
    ],
  };
});

test('a running Alertmanager holds back what is told by something else, and nothing more', async (context) => {
  if (alertmanager.kind === 'missing') return context.skip(alertmanager.why);
  const server = await startAlertmanager({ path: alertmanager.path, config });
  try {
    // The same symptom of another vendor is no consequence.
    const other = {
      ...firing('BrownoutStreamsStalling', { gen_ai_provider_name: 'other' }),
      pair: 'other',
      role: 'target',
    };
    const body = JSON.stringify([...pairs.flatMap(({ alerts }) => alerts), other].map((labels) => ({ labels })));
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${server.url}/api/v2/alerts`, { method: 'POST', headers, body })).status).toBe(200);
    const expected = pairs.filter(({ isHeldBack }) => isHeldBack).map(({ why }) => why);
    await vi.waitFor(async () => expect(await heldBack(server.url)).toEqual(expected), {
      timeout: 60_000,
      interval: 500,
    });
  } finally {
    await server.stop();
  }
});

async function heldBack(url: string): Promise<readonly (string | undefined)[]> {
  const response = await fetch(`${url}/api/v2/alerts`);
  const alerts = (await response.json()) as readonly { labels: Labels; status: { inhibitedBy: readonly string[] } }[];
  const targets = alerts.filter(({ labels, status }) => labels['role'] === 'target' && status.inhibitedBy.length > 0);
  return targets
    .map(({ labels }) => Number(labels['pair']))
    .toSorted((one, next) => one - next)
    .map((index) => pairs[index]?.why);
}

const ROUTES: readonly (readonly [alert: Labels, receiver: string])[] = [
  [firing('BrownoutBudgetBurn', {}, FAST), 'brownout-page'],
  [firing('BrownoutBudgetBurn', {}, SLOW), 'brownout-ticket'],
  [firing('BrownoutQuotaExhausted', {}), 'brownout-page'],
  [firing('BrownoutRateLimited', {}), 'brownout-account'],
  [firing('BrownoutTokensOffBand', {}), 'brownout-account'],
  [firing('BrownoutGrayFailure', {}), 'brownout-vendors'],
  [firing('BrownoutVendorIncident', {}), 'brownout-log'],
  [firing('BrownoutTelemetryVanished', {}), 'brownout-telemetry'],
  [firing('BrownoutStreamsStalling', {}), 'brownout-ticket'],
  [firing('BrownoutVendorDown', {}, TWIN), 'brownout-ticket'],
];

test('alerts go where their severity and category say', async (context) => {
  if (amtool.kind === 'missing') return context.skip(amtool.why);
  const folder = await mkdtemp(join(tmpdir(), 'brownout-routes-'));
  const file = join(folder, 'alertmanager.yaml');
  await writeFile(file, config);
  for (const [labels, receiver] of ROUTES) {
    const args = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const { stdout } = await promisify(execFile)(amtool.path, [
      'config',
      'routes',
      'test',
      `--config.file=${file}`,
      ...args,
    ]);
    expect(stdout.trim(), labels['alertname']).toBe(receiver);
  }
  await rm(folder, { recursive: true });
});
