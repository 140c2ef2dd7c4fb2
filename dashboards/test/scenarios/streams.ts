import { counter, type Scenario } from '../support/scenario.ts';
import {
  AT_ONCE,
  ABOUT_STREAMS,
  CALL,
  CANCELLED,
  DOWN,
  NO_ANSWERS,
  MODEL,
  fewOf,
  says,
  STREAMED,
  THE_MODEL,
  TWICE_USUAL,
  USABLE,
  WRONG,
} from './subjects.ts';

const CUT = { ...STREAMED, verdict: 'unusable', reason: 'stream_cut', fault: 'vendor' } as const;
/** Whole answers are no streams, and what the caller stopped or did wrong does not count. */
const NO_STREAMS = [
  { metric: 'calls', labels: USABLE, values: counter(30) },
  { metric: 'calls', labels: { ...CANCELLED, streaming: 'true' }, values: counter(30) },
  { metric: 'calls', labels: { ...WRONG, streaming: 'true' }, values: counter(30) },
] as const;

const firstChunk = (le: string, values: ReturnType<typeof counter>) =>
  ({ metric: 'inferenceTimeToFirstChunk', part: 'bucket', labels: { ...MODEL, le }, values }) as const;
const firstChunks = (healthy: number, bad: number, below: number, soon: string, late: string) =>
  [
    firstChunk('0.08', counter(0)),
    firstChunk(soon, counter(healthy, bad, below)),
    firstChunk(late, counter(20)),
    firstChunk('+Inf', counter(20)),
    { metric: 'inferenceTimeToFirstChunk', part: 'count', labels: MODEL, values: counter(20) },
  ] as const;

export const STREAM_SCENARIOS: readonly Scenario[] = [
  {
    ...AT_ONCE,
    alert: 'BrownoutStreamsStalling',
    lowTraffic: fewOf(2),
    series: [
      ...NO_STREAMS,
      { metric: 'calls', labels: STREAMED, values: counter(20) },
      { metric: 'budgetBreaches', labels: { ...CALL, budget: 'gap' }, values: counter(0, 2, 0.9) },
      { metric: 'budgetBreaches', labels: { ...CALL, budget: 'total' }, values: counter(8) },
    ],
    expected: says({
      alert: 'BrownoutStreamsStalling',
      labels: { severity: 'warning', category: 'stalled', ...THE_MODEL },
      summary: 'Streams go silent in the middle of their answers.',
      description:
        '10% of the streams of openai gpt-x/1 beta in the last 5m or 15m went silent for longer than the gap budget; there were 300 of them in 15m.',
      dashboard: ABOUT_STREAMS,
    }),
  },
  {
    ...AT_ONCE,
    fires: 35,
    alert: 'BrownoutStreamsCut',
    lowTraffic: fewOf(6),
    series: [
      { metric: 'calls', labels: STREAMED, values: counter(54) },
      { metric: 'calls', labels: USABLE, values: counter(40) },
      { metric: 'calls', labels: DOWN, values: counter(200) },
      ...NO_ANSWERS,
      { metric: 'calls', labels: CUT, values: counter(0, 4, 1.7) },
      { metric: 'calls', labels: { ...CUT, streaming: 'false' }, values: counter(0, 2, 1) },
      { metric: 'calls', labels: { ...CUT, reason: 'stalled' }, values: counter(0) },
    ],
    expected: says({
      alert: 'BrownoutStreamsCut',
      labels: { severity: 'warning', category: 'stalled', ...THE_MODEL },
      summary: 'Streams and bodies end before their answers do.',
      description:
        '6% of the answers of openai gpt-x/1 beta in the last 5m or 15m ended without the marker that ends them; there were 1500 of them in 15m.',
      dashboard: ABOUT_STREAMS,
    }),
    silent: [
      {
        why: 'where streams end badly for other reasons',
        series: [
          { metric: 'calls', labels: STREAMED, values: counter(94) },
          { metric: 'calls', labels: { ...CUT, reason: 'stalled' }, values: counter(0, 60) },
        ],
      },
    ],
  },
  {
    ...AT_ONCE,
    alert: 'BrownoutFirstChunkOverBudget',
    lowTraffic: fewOf(4),
    series: [
      ...NO_STREAMS,
      { metric: 'calls', labels: STREAMED, values: counter(20) },
      { metric: 'budgetBreaches', labels: { ...CALL, budget: 'first_chunk' }, values: counter(0, 4, 1.8) },
      { metric: 'budgetBreaches', labels: { ...CALL, budget: 'total' }, values: counter(8) },
    ],
    expected: says({
      alert: 'BrownoutFirstChunkOverBudget',
      labels: { severity: 'warning', category: 'slow', ...THE_MODEL },
      summary: 'Streams begin later than their budget allows.',
      description:
        '20% of the streams of openai gpt-x/1 beta in the last 5m or 15m had no first chunk within their budget; there were 300 of them in 15m.',
      dashboard: ABOUT_STREAMS,
    }),
  },
  {
    ...TWICE_USUAL,
    alert: 'BrownoutFirstChunkSlowerThanUsual',
    fires: 137,
    over: 173,
    series: firstChunks(20, 0, 8, '1.28', '5.12'),
    expected: says({
      alert: 'BrownoutFirstChunkSlowerThanUsual',
      labels: { severity: 'warning', category: 'slow', ...THE_MODEL },
      summary: 'Streams begin several times later than they usually do.',
      description:
        'Half of the 300 streams of openai gpt-x/1 beta in the last 15m had their first chunk after more than 3.2s; usual is 680ms.',
      dashboard: ABOUT_STREAMS,
    }),
    silent: [{ why: 'while it is too fast for anybody to notice', series: firstChunks(20, 0, 0, '0.16', '1.28') }],
  },
  {
    ...TWICE_USUAL,
    alert: 'BrownoutFirstChunkSlowerThanUsual',
    fires: 140,
    over: 170,
    // Just slow enough for somebody to notice.
    series: firstChunks(20, 0, 8, '0.32', '2.08'),
    expected: says({
      alert: 'BrownoutFirstChunkSlowerThanUsual',
      labels: { severity: 'warning', category: 'slow', ...THE_MODEL },
      summary: 'Streams begin several times later than they usually do.',
      description:
        'Half of the 300 streams of openai gpt-x/1 beta in the last 15m had their first chunk after more than 1.2s; usual is 200ms.',
      dashboard: ABOUT_STREAMS,
    }),
  },
];
