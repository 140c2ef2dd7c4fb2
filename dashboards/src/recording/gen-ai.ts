import {
  above,
  and,
  call,
  dividedBy,
  type Expression,
  number,
  or,
  sumBy,
  times,
  unless,
} from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import type { Matchers } from '../promql/matchers.ts';
import { type Part, raw, type Recorded, recorded } from '../promql/series.ts';
import {
  LEVELS,
  RATE_WINDOW,
  recordedOver,
  SECONDS_BETWEEN_EVALUATIONS,
  shareOf,
  SYMPTOM_WINDOW,
  TOKEN_WINDOW,
  word,
} from './record.ts';
import { type ArrivingId, namesOf, ratedBy } from './spellings.ts';

/**
 * The metrics of the GenAI conventions under every name that they arrive by, so that other instrumentations' work too:
 * the current name before the one before v0.1.0, with the unit before the one without (see `spellings.ts`).
 *
 * The first of them that a model has counts. They are never mixed: two sets of buckets in one quantile give neither's.
 */

const MODEL = LEVELS.provider_model;
type ModelLabel = (typeof MODEL)[number];

/** One name that a metric arrives by. */
interface Source {
  readonly id: ArrivingId;
  /** What tells it from another use of the same metric. */
  readonly where?: Matchers<LabelId>;
  readonly named?: string;
}

/** Metrics of the conventions and who they were before. */
const SOURCES = {
  firstChunk: [{ id: 'inferenceTimeToFirstChunk' }, { id: 'legacyTimeToFirstChunk' }, { id: 'serverTimeToFirstToken' }],
  duration: [{ id: 'inferenceDuration' }, { id: 'legacyOperationDuration' }],
  input: [
    { id: 'inputTokensPerOperation' },
    { id: 'legacyTokenUsage', where: { tokenType: 'input' }, named: '_input' },
  ],
  output: [
    { id: 'outputTokensPerOperation' },
    { id: 'legacyTokenUsage', where: { tokenType: 'output' }, named: '_output' },
  ],
} as const satisfies Readonly<Record<string, readonly [Source, ...Source[]]>>;

const BUCKET = [...MODEL, 'le'] as const;

/** What arrives, name by name. */
export const ARRIVING = {
  firstChunkBuckets: arriving('firstChunk', 'bucket', BUCKET),
  firstChunkCount: arriving('firstChunk', 'count', MODEL),
  durationSum: arriving('duration', 'sum', MODEL),
  inputSum: arriving('input', 'sum', MODEL),
  inputCount: arriving('input', 'count', MODEL),
  outputSum: arriving('output', 'sum', MODEL),
  outputCount: arriving('output', 'count', MODEL),
} as const satisfies Readonly<Record<string, readonly Recorded[]>>;

export const GEN_AI = {
  firstChunkBuckets: firstOf(
    'firstChunk',
    'bucket',
    ARRIVING.firstChunkBuckets,
    neverMixed(ARRIVING.firstChunkBuckets, ARRIVING.firstChunkCount),
  ),
  firstChunkCount: firstOf('firstChunk', 'count', ARRIVING.firstChunkCount),
  durationSum: firstOf('duration', 'sum', ARRIVING.durationSum),
  inputSum: firstOf('input', 'sum', ARRIVING.inputSum),
  inputCount: firstOf('input', 'count', ARRIVING.inputCount),
  outputSum: firstOf('output', 'sum', ARRIVING.outputSum),
  outputCount: firstOf('output', 'count', ARRIVING.outputCount),
  inputTokens: tokenRate('inputTokens'),
  cacheReadTokens: tokenRate('cacheReadInputTokens'),
} as const satisfies Readonly<Record<string, Recorded>>;

const count = (of: Recorded<ModelLabel>, window: typeof SYMPTOM_WINDOW | typeof TOKEN_WINDOW) =>
  times(number(SECONDS_BETWEEN_EVALUATIONS), call('sum_over_time', recorded(of, { over: recordedOver(window) })));

export const FIRST_CHUNK = {
  /** How many answers there were that had a first chunk. */
  count: series('firstChunk', `_count:increase${SYMPTOM_WINDOW}`, count(GEN_AI.firstChunkCount, SYMPTOM_WINDOW)),
  /** The time within which half of them had it. Buckets are recorded where there are any. */
  median: series(
    'firstChunk',
    `:p50_${SYMPTOM_WINDOW}`,
    call(
      'histogram_quantile',
      number(0.5),
      call('sum_over_time', recorded(GEN_AI.firstChunkBuckets, { over: recordedOver(SYMPTOM_WINDOW) })),
    ),
  ),
} as const satisfies Readonly<Record<string, Recorded>>;

const inputTokens = {
  record: `provider_model:${word('inputTokens')}:increase${TOKEN_WINDOW}`,
  labels: MODEL,
  expression: count(GEN_AI.inputTokens, TOKEN_WINDOW),
} as const satisfies Recorded;

/** What a call takes of tokens. */
export const TOKENS = {
  inputTokens,
  inputMean: mean('input', GEN_AI.inputSum, GEN_AI.inputCount, TOKEN_WINDOW),
  inputCalls: series('input', `_count:increase${TOKEN_WINDOW}`, count(GEN_AI.inputCount, TOKEN_WINDOW)),
  outputMean: mean('output', GEN_AI.outputSum, GEN_AI.outputCount, TOKEN_WINDOW),
  outputCalls: series('output', `_count:increase${TOKEN_WINDOW}`, count(GEN_AI.outputCount, TOKEN_WINDOW)),
  /** The same sooner, where so many calls are made that a quarter of an hour says something. */
  inputMeanLately: mean('input', GEN_AI.inputSum, GEN_AI.inputCount, SYMPTOM_WINDOW),
  inputCallsLately: series('input', `_count:increase${SYMPTOM_WINDOW}`, count(GEN_AI.inputCount, SYMPTOM_WINDOW)),
  outputMeanLately: mean('output', GEN_AI.outputSum, GEN_AI.outputCount, SYMPTOM_WINDOW),
  outputCallsLately: series('output', `_count:increase${SYMPTOM_WINDOW}`, count(GEN_AI.outputCount, SYMPTOM_WINDOW)),
  /** Share of the input that the provider's cache gave. */
  cacheHits: {
    record: `provider_model:${word('cacheReadInputTokens')}_per_${word('inputTokens')}:ratio_increase${TOKEN_WINDOW}`,
    labels: MODEL,
    expression: shareOf(count(GEN_AI.cacheReadTokens, TOKEN_WINDOW), recorded(inputTokens)),
  },
} as const satisfies Readonly<Record<string, Recorded>>;

function mean(
  source: keyof typeof SOURCES,
  sum: Recorded<ModelLabel>,
  of: Recorded<ModelLabel>,
  window: typeof SYMPTOM_WINDOW | typeof TOKEN_WINDOW,
): Recorded<ModelLabel> {
  const over = { over: recordedOver(window) };
  return series(
    source,
    `:mean${window}`,
    dividedBy(call('sum_over_time', recorded(sum, over)), call('sum_over_time', recorded(of, over))),
  );
}

function series(source: keyof typeof SOURCES, operation: string, expression: Expression): Recorded<ModelLabel> {
  return { record: `provider_model:${word(SOURCES[source][0].id)}${operation}`, labels: MODEL, expression };
}

/** A rate for each name, with the unit that OTLP appends and without. */
function arriving<Label extends LabelId>(
  source: keyof typeof SOURCES,
  part: Part,
  labels: readonly Label[],
): readonly Recorded<Label>[] {
  return SOURCES[source].flatMap(({ id, where = {}, named = '' }: Source) =>
    namesOf(id, part).map((name) => {
      const rated = ratedBy(name, where, labels);
      return {
        record: `source:${name}${named}:rate${RATE_WINDOW}`,
        labels,
        // Of buckets, also the empty ones: a quantile looks at the bound below.
        expression: part === 'bucket' ? rated : above(rated, number(0)),
      };
    }),
  );
}

/** Each model's first name: `or` adds only what has other labels. */
function firstOf<Label extends LabelId>(
  source: keyof typeof SOURCES,
  part: Part,
  names: readonly Recorded<Label>[],
  expressions: readonly Expression[] = names.map((name) => recorded(name)),
): Recorded<Label> {
  return {
    record: `provider_model:${word(SOURCES[source][0].id)}_${part}:rate${RATE_WINDOW}`,
    labels: names[0]?.labels ?? [],
    expression: expressions.reduce((before, next) => or(before, next)),
  };
}

/**
 * Buckets of the first name that has calls in them. Their bounds are labels, so `or` alone would mix the bounds of two names;
 * and they are there without a call, so whether a name has any its count says.
 */
function neverMixed(
  buckets: readonly Recorded<(typeof BUCKET)[number]>[],
  counts: readonly Recorded<ModelLabel>[],
): readonly Expression[] {
  return buckets.map((bucket, index) =>
    counts.slice(0, index).reduce(
      (rest, earlier) => unless(rest, recorded(earlier), { on: MODEL }),
      counts.slice(index, index + 1).reduce((rest, own) => and(rest, recorded(own), { on: MODEL }), recorded(bucket)),
    ),
  );
}

function tokenRate(id: 'inputTokens' | 'cacheReadInputTokens'): Recorded<ModelLabel> {
  return {
    record: `provider_model:${word(id)}:rate${RATE_WINDOW}`,
    labels: MODEL,
    expression: above(sumBy(MODEL, call('rate', raw(id, { over: RATE_WINDOW }))), number(0)),
  };
}
