import type { LabelId } from '../../src/promql/labels.ts';
import { counter, type Scenario, type Series } from '../support/scenario.ts';
import { CANCELLED, EMPTY, says, STREAMED, THE_MODEL, THE_PROVIDER, TWICE, USABLE, WRONG } from './subjects.ts';

const task = (outcome: 'success' | 'failure', degraded: boolean, values: ReturnType<typeof counter>) =>
  ({
    metric: 'tasks',
    labels: {
      job: 'shop',
      instance: 'shop-1',
      task: 'answer a ticket',
      taskOutcome: outcome,
      taskDegraded: `${degraded}`,
    },
    values,
  }) as const;

const SLOW = { ...EMPTY, verdict: 'degraded', reason: 'slow_total' } as const;

/** A service's calls: ten a minute, of which so many get an empty answer. */
const service = (job: string, bad: number, below = bad) =>
  [
    { metric: 'calls', labels: { ...USABLE, job }, values: counter(8) },
    { metric: 'calls', labels: { ...EMPTY, job }, values: counter(0, bad / 2, below / 2) },
    { metric: 'calls', labels: { ...SLOW, job }, values: counter(0, bad / 2, below / 2) },
    { metric: 'calls', labels: { ...CANCELLED, job }, values: counter(40) },
    { metric: 'calls', labels: { ...WRONG, job }, values: counter(40) },
  ] as const;

/** What the caller stopped or did wrong, of every kind: enough to make few calls seem many. */
const NOT_COUNTED = [CANCELLED, WRONG].flatMap((labels) =>
  (['true', 'false'] as const).map((streaming) => ({
    metric: 'calls' as const,
    labels: { ...labels, streaming },
    values: counter(3),
  })),
);

/** Two kinds of requests that a comparison must leave alone. */
const alike = (one: typeof USABLE | typeof STREAMED, other: Partial<Record<LabelId, string>>): Scenario['silent'] => {
  const calls = (labels: object, good: number, bad: number): readonly Series[] => [
    { metric: 'calls', labels: { ...one, ...labels }, values: counter(good) },
    { metric: 'calls', labels: { ...one, ...FAILED, ...labels }, values: counter(bad) },
  ];
  return [
    { why: 'where a kind that is bad has too few calls', series: [...calls({}, 10, 0), ...calls(other, 0.3, 0.8)] },
    { why: 'where a kind that is well has too few calls', series: [...calls({}, 6, 4), ...calls(other, 1.1, 0)] },
    { why: 'where all kinds are as bad', series: [...calls({}, 8, 2), ...calls(other, 8, 2)] },
  ];
};
const FAILED = { verdict: 'unusable', reason: 'empty_output', fault: 'vendor' } as const;

/** A service with too few calls to say anything: 17 in a quarter of an hour, of which so many a minute are bad. */
const few = (job: string, bad: number) =>
  [
    { metric: 'calls', labels: { ...USABLE, job }, values: counter(17 / 15 - bad) },
    { metric: 'calls', labels: { ...EMPTY, job }, values: counter(0, bad) },
  ] as const;

export const SERVICE_SCENARIOS: readonly Scenario[] = [
  {
    ...TWICE,
    alert: 'BrownoutTaskFailingUndegraded',
    over: 86,
    bystander: 'task',
    lowTraffic: 0.01,
    series: [task('success', false, counter(80)), task('failure', false, counter(0, 20, 8.5))],
    expected: says({
      alert: 'BrownoutTaskFailingUndegraded',
      labels: { severity: 'warning', category: 'task', brownout_task: 'answer a ticket' },
      summary: 'Tasks fail while the model looks fine.',
      description:
        '20% of the 1500 tasks of answer a ticket in the last 15m failed although every model call in them was usable.',
      dashboard: 'brownout-use-case?var-brownout_task=answer+a+ticket',
    }),
    silent: [
      {
        why: 'where tasks fail because the model does, or succeed',
        series: [task('success', false, counter(80)), task('failure', true, counter(0, 50))],
      },
    ],
  },
  {
    ...TWICE,
    alert: 'BrownoutFleetWide',
    over: 86,
    lowTraffic: 0.12,
    series: [
      ...service('shop', 2),
      ...service('mail', 2),
      ...service('chat', 2),
      ...service('search', 2, 0.5),
      ...few('cron', 0),
      ...few('test', 0),
    ],
    expected: says({
      alert: 'BrownoutFleetWide',
      labels: { severity: 'warning', category: 'scope', ...THE_PROVIDER },
      summary: 'Nearly every service is hit: it is the vendor, not one of ours.',
      description: '100% of the services that call openai got unusable answers by its fault in the last 15m.',
      dashboard: 'brownout-overview?var-gen_ai_provider_name=openai',
    }),
    silent: [
      {
        why: 'where too few services say anything',
        series: [...service('shop', 2), ...service('mail', 2), ...few('cron', 0)],
      },
      {
        why: 'where it needs one that says too little',
        series: [
          ...service('shop', 2),
          ...service('mail', 2),
          ...service('chat', 2),
          ...service('search', 0),
          ...few('cron', 0.8),
        ],
      },
    ],
  },
  {
    ...TWICE,
    alert: 'BrownoutOneServiceOnly',
    over: 86,
    lowTraffic: 0.12,
    series: [
      ...service('shop', 2, 0.8),
      ...service('mail', 0),
      ...service('chat', 0.8),
      // Too few calls of them to say anything, though they are hit.
      ...few('cron', 0.8),
      ...few('batch', 0.8),
    ],
    expected: says({
      alert: 'BrownoutOneServiceOnly',
      labels: { severity: 'info', category: 'scope', ...THE_PROVIDER, job: 'shop' },
      summary: 'One service alone is hit: it is probably one of ours.',
      description: '20% of the 150 calls of shop to openai in the last 15m were not usable; no other service is hit.',
      dashboard: 'brownout-overview?var-gen_ai_provider_name=openai&var-job=shop',
    }),
    silent: [
      {
        why: 'where another one is hit, too',
        series: [...service('shop', 2), ...service('mail', 2), ...service('chat', 0)],
      },
      {
        why: 'where too few services say anything',
        series: [...service('shop', 2), ...service('mail', 0), ...few('cron', 0)],
      },
    ],
  },
  {
    ...TWICE,
    alert: 'BrownoutInconsistent',
    rule: { compared: 'streaming' },
    fires: 48,
    over: 87,
    lowTraffic: 0.1,
    series: [
      ...NOT_COUNTED,
      { metric: 'calls', labels: USABLE, values: counter(10) },
      { metric: 'calls', labels: STREAMED, values: counter(6, 6, 8.4) },
      { metric: 'calls', labels: { ...EMPTY, streaming: 'true' }, values: counter(0, 4, 1.8) },
    ],
    silent: alike(STREAMED, { streaming: 'false' }) ?? [],
    expected: says({
      alert: 'BrownoutInconsistent',
      labels: { severity: 'info', category: 'inconsistent', ...THE_MODEL, compared: 'streaming' },
      summary: 'Kinds of requests to one vendor fare very differently.',
      description:
        "Between streamed and whole answers of openai gpt-x/1 beta, the shares of calls that were not usable by the vendor's fault differ by 40% in the last 15m.",
      dashboard: 'brownout-model?var-gen_ai_provider_name=openai',
    }),
  },
  {
    ...TWICE,
    alert: 'BrownoutInconsistent',
    rule: { compared: 'operation' },
    fires: 48,
    over: 87,
    lowTraffic: 0.1,
    series: [
      ...NOT_COUNTED,
      {
        metric: 'calls',
        labels: { ...USABLE, operationName: 'embeddings', requestModel: 'embed' },
        values: counter(10),
      },
      { metric: 'calls', labels: USABLE, values: counter(6, 6, 8.4) },
      { metric: 'calls', labels: EMPTY, values: counter(0, 4, 1.8) },
    ],
    silent: alike(USABLE, { operationName: 'embeddings', requestModel: 'embed' }) ?? [],
    expected: says({
      alert: 'BrownoutInconsistent',
      labels: { severity: 'info', category: 'inconsistent', ...THE_PROVIDER, compared: 'operation' },
      summary: 'Kinds of requests to one vendor fare very differently.',
      description:
        "Between the operations of openai, the shares of calls that were not usable by the vendor's fault differ by 40% in the last 15m.",
      dashboard: 'brownout-model?var-gen_ai_provider_name=openai',
    }),
  },
  {
    ...TWICE,
    alert: 'BrownoutInconsistent',
    rule: { compared: 'model' },
    fires: 48,
    over: 87,
    lowTraffic: 0.1,
    series: [
      ...NOT_COUNTED,
      { metric: 'calls', labels: { ...USABLE, requestModel: 'mini' }, values: counter(10) },
      { metric: 'calls', labels: USABLE, values: counter(6, 6, 8.4) },
      { metric: 'calls', labels: EMPTY, values: counter(0, 4, 1.8) },
    ],
    silent: alike(USABLE, { requestModel: 'mini' }) ?? [],
    expected: says({
      alert: 'BrownoutInconsistent',
      labels: { severity: 'info', category: 'inconsistent', ...THE_PROVIDER, compared: 'model' },
      summary: 'Kinds of requests to one vendor fare very differently.',
      description:
        "Between the models of openai, the shares of calls that were not usable by the vendor's fault differ by 40% in the last 15m.",
      dashboard: 'brownout-model?var-gen_ai_provider_name=openai',
    }),
  },
];
