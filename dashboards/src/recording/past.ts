import { call, number } from '../promql/expression.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { FIRST_CHUNK, TOKENS } from './gen-ai.ts';
import { recordedOver, SYMPTOM_WINDOW } from './record.ts';
import { SYMPTOMS } from './symptoms.ts';

/**
 * What is usual: the median of the day that ended an hour ago. A median, so that an incident of half a day does not
 * become usual, and an hour ago, so that the one that begins is no part of it. What is looked at are windows of a quarter of
 * an hour or more: four of them in an hour say what sixty that overlap do, for a fifteenth of the price.
 */
export const PAST = {
  firstChunk: usual(FIRST_CHUNK.median),
  truncated: usual(SYMPTOMS.truncated),
  blocked: usual(SYMPTOMS.blocked),
  outlying: usual(SYMPTOMS.outlying),
  inputMean: usual(TOKENS.inputMean),
  outputMean: usual(TOKENS.outputMean),
  cacheHits: usual(TOKENS.cacheHits),
} as const satisfies Readonly<Record<string, Recorded>>;

function usual<Label extends (typeof FIRST_CHUNK.median.labels)[number]>(series: Recorded<Label>): Recorded<Label> {
  return {
    record: `${series.record}_median1d`,
    labels: series.labels,
    expression: call(
      'quantile_over_time',
      number(0.5),
      recorded(series, { over: recordedOver('1d'), every: SYMPTOM_WINDOW, offset: '1h' }),
    ),
  };
}
