import { counter, type Scenario } from '../support/scenario.ts';
import { ABOUT_QUOTA, MODEL, says, THE_MODEL, TWICE_USUAL } from './subjects.ts';

const METRICS = { input: 'inputTokensPerOperation', output: 'outputTokensPerOperation' } as const;

/** Ten calls a minute that take 100 tokens each, and then more or fewer. */
const tokens = (type: 'input' | 'output', bad: number, below: number) =>
  [
    { metric: METRICS[type], part: 'sum', labels: MODEL, values: counter(1000, bad * 10, below * 10) },
    { metric: METRICS[type], part: 'count', labels: MODEL, values: counter(10) },
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
    description: `The 600 calls to openai gpt-x/1 beta in the last 1h took ${bad} ${type} tokens each; usual are 100.`,
    dashboard: ABOUT_QUOTA,
  }),
});

export const TOKEN_SCENARIOS: readonly Scenario[] = [
  offBand('input', 'above', 400, 190, 213, 332),
  offBand('input', 'below', 10, 55, 226, 319),
  offBand('output', 'above', 400, 190, 213, 332),
  offBand('output', 'below', 10, 55, 226, 319),
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
