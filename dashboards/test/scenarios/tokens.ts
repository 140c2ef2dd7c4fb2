import { counter, type Scenario } from '../support/scenario.ts';
import { ANSWERS, anomaly, content, growing, OTHER } from './answers.ts';
import { ABOUT_QUOTA, AT_ONCE, fewMoreOf, fewOf, MODEL, says, THE_MODEL, TWICE_USUAL } from './subjects.ts';

const METRICS = { input: 'inputTokensPerOperation', output: 'outputTokensPerOperation' } as const;

/** Ten calls a minute, or another number, that take 100 tokens each, and then more or fewer. */
const tokens = (type: 'input' | 'output', bad: number, below: number, calls = 10) =>
  [
    { metric: METRICS[type], part: 'sum', labels: MODEL, values: counter(100 * calls, bad * calls, below * calls) },
    { metric: METRICS[type], part: 'count', labels: MODEL, values: counter(calls) },
  ] as const;

const LONG = {
  ...TWICE_USUAL,
  phases: { healthy: 180, bad: 100, after: 120 },
  steady: 270,
  lowTraffic: 0.07,
} as const;

const offBand = (
  type: 'input' | 'output',
  band: 'above' | 'below',
  bad: number,
  belowIt: number,
  fires: number,
  over: number,
): Scenario => ({
  ...LONG,
  alert: 'BrownoutTokensOffBand',
  rule: { tokens: type, band },
  fires,
  over,
  series: tokens(type, bad, belowIt),
  expected: says({
    alert: 'BrownoutTokensOffBand',
    labels: { severity: 'warning', category: 'tokens', ...THE_MODEL, tokens: type, band },
    summary: 'Calls take far more or far fewer tokens than usual.',
    description: `Calls to openai gpt-x/1 beta in the last 15m or 1h took ${bad} ${type} tokens each; usual are 100. There were 600 of them in 1h.`,
    dashboard: ABOUT_QUOTA,
  }),
  silent: [
    {
      why: 'where a quarter of an hour is off and has few calls',
      phases: { healthy: 180, bad: 20, after: 60 },
      series: tokens(type, band === 'above' ? 300 : 10, belowIt, 6),
    },
  ],
  told: [{ why: 'after a quarter of an hour with enough calls', series: tokens(type, bad, belowIt, 8), at: fires + 3 }],
});

export const TOKEN_SCENARIOS: readonly Scenario[] = [
  offBand('input', 'above', 400, 190, 198, 332),
  offBand('input', 'below', 10, 55, 201, 319),
  offBand('output', 'above', 400, 190, 198, 332),
  offBand('output', 'below', 10, 55, 201, 319),
  {
    ...TWICE_USUAL,
    fires: 123,
    lowTraffic: fewMoreOf(12),
    alert: 'BrownoutUnusualLengths',
    over: 176,
    series: [...ANSWERS, OTHER, anomaly('length_outlier', counter(2, 12, 5.7))],
    expected: content(
      'BrownoutUnusualLengths',
      'Many more answers than usual are far longer or shorter than those before them.',
      '12% of the answers of openai gpt-x/1 beta in the last 5m or 15m were far longer or shorter than those before them; there were 1500 of them in 15m. Usual is 2%.',
      'tokens',
    ),
    silent: [
      {
        why: 'while it is little, however unusual',
        series: [...ANSWERS, anomaly('length_outlier', counter(0.5, 4.5))],
      },
    ],
  },
  {
    ...AT_ONCE,
    lowTraffic: fewMoreOf(10),
    alert: 'BrownoutUnusualLengths',
    // Nothing is known of the past yet.
    series: [...ANSWERS, anomaly('length_outlier', counter(0, 10, 4.5))],
    expected: content(
      'BrownoutUnusualLengths',
      'Many more answers than usual are far longer or shorter than those before them.',
      '10% of the answers of openai gpt-x/1 beta in the last 5m or 15m were far longer or shorter than those before them; there were 1500 of them in 15m.',
      'tokens',
    ),
    told: [growing('length_outlier', 5.4)],
  },
  {
    ...AT_ONCE,
    lowTraffic: fewOf(10),
    alert: 'BrownoutImplausibleUsage',
    series: [...ANSWERS, OTHER, anomaly('usage_implausible', counter(0, 10, 4.5))],
    expected: content(
      'BrownoutImplausibleUsage',
      'The vendor counts tokens that cannot be those of its answers.',
      '10% of the answers of openai gpt-x/1 beta in the last 5m or 15m had a token count that cannot be theirs; there were 1500 of them in 15m.',
      'tokens',
    ),
  },
  {
    ...LONG,
    alert: 'BrownoutCacheHitCollapse',
    fires: 223,
    over: 322,
    series: [
      { metric: 'inputTokens', labels: { ...MODEL, tokenModality: 'text' }, values: counter(1000) },
      { metric: 'cacheReadInputTokens', labels: { ...MODEL, tokenModality: 'text' }, values: counter(240, 0, 130) },
      { metric: 'inputTokensPerOperation', part: 'count', labels: MODEL, values: counter(10) },
    ],
    expected: says({
      alert: 'BrownoutCacheHitCollapse',
      labels: { severity: 'warning', category: 'tokens', ...THE_MODEL },
      summary: "The vendor's cache of prompts does not hit any more.",
      description:
        "0% of the input of 600 calls to openai gpt-x/1 beta in the last 1h came from the vendor's cache; usual is 24%.",
      dashboard: ABOUT_QUOTA,
    }),
    silent: [
      {
        why: 'where nobody counts on the cache',
        series: [
          { metric: 'inputTokens', labels: { ...MODEL, tokenModality: 'text' }, values: counter(1000) },
          { metric: 'cacheReadInputTokens', labels: { ...MODEL, tokenModality: 'text' }, values: counter(180, 0) },
          { metric: 'inputTokensPerOperation', part: 'count', labels: MODEL, values: counter(10) },
        ],
      },
    ],
  },
];
