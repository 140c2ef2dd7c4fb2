import { above, and, atLeast, below, dividedBy, type Expression, number, times } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { TOKENS } from '../recording/gen-ai.ts';
import { PAST } from '../recording/past.ts';
import { TOKEN_WINDOW } from '../recording/record.ts';
import { alert, type AlertRule } from './alert.ts';
import { WHOSE_IS_IT, worstFirst } from './diagnosis.ts';
import { labelValue, VALUE, valueOf } from './templates.ts';

type ModelSeries = Recorded<'providerName' | 'requestModel'>;

const DIRECTIONS = {
  input: { mean: TOKENS.inputMean, usual: PAST.inputMean, calls: TOKENS.inputCalls },
  output: { mean: TOKENS.outputMean, usual: PAST.outputMean, calls: TOKENS.outputCalls },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ModelSeries>>>>;

const MODEL: readonly LabelId[] = TOKENS.outputMean.labels;

export const TOKEN_ALERTS = {
  BrownoutTokensOffBand: alert({
    category: 'tokens',
    severity: 'warning',
    for: '10m',
    keepFiringFor: '10m',
    settings: {
      factor: {
        kind: 'factor',
        default: 2,
        meaning: 'how many times more, or less, than usual: than the median of a day',
      },
      calls: { kind: 'count', default: 50, meaning: 'fewest calls in an hour that say something' },
    },
    labels: MODEL,
    rules: ({ factor, calls }) =>
      Object.entries(DIRECTIONS).flatMap(([type, { mean, usual, calls: counted }]): readonly AlertRule[] => {
        const rule = (band: string, isOff: Expression): AlertRule => ({
          labels: { tokens: type, band },
          expression: and(isOff, atLeast(recorded(counted), number(calls))),
          description: `The ${valueOf(counted)} calls to ${MODEL.map(labelValue).join(' ')} in the last ${TOKEN_WINDOW} took ${VALUE.number} ${type} tokens each; usual are ${valueOf(usual)}.`,
        });
        return [
          rule('above', above(recorded(mean), times(number(factor), recorded(usual)))),
          rule('below', below(recorded(mean), dividedBy(recorded(usual), number(factor)))),
        ];
      }),
    summary: 'Calls take far more or far fewer tokens than usual.',
    dashboard: 'quota',
    runbook: {
      meaning:
        'The mean number of tokens of a call, as the provider counts them, left its band around the median of the day before. Much longer output is chatter or loops, much shorter output is collapse; more input is a prompt or a context that grew.',
      impact: 'Money and waiting time above the band; answers without content below it.',
      ...WHOSE_IS_IT,
      us: {
        text: 'A change of a prompt, of the number of documents put into it, or of a limit of ours changes them at once, at the time of a deployment.',
        queries: [worstFirst(TOKENS.outputMean), worstFirst(TOKENS.inputMean)],
      },
      mitigation: [
        'Compare with the time of the last deployment.',
        'Read some of the answers.',
        'Limit the output; pin the version of the model that was usual.',
      ],
      over: 'The mean of an hour is within its band again; after a day the new length is usual.',
      falsePositives: ['Another mixture of use cases on the same model: batch work at night.'],
    },
  }),
  BrownoutCacheHitCollapse: alert({
    category: 'tokens',
    severity: 'warning',
    for: '10m',
    keepFiringFor: '10m',
    settings: {
      factor: { kind: 'factor', default: 2, meaning: 'how many times fewer hits than usual: than the median of a day' },
      share: {
        kind: 'share',
        default: 0.2,
        meaning: 'share of the input that usually comes from the cache, below which nobody counts on it',
      },
      calls: { kind: 'count', default: 50, meaning: 'fewest calls in an hour that say something' },
    },
    labels: MODEL,
    rules: ({ factor, share, calls }) => [
      {
        expression: and(
          and(
            below(recorded(TOKENS.cacheHits), dividedBy(recorded(PAST.cacheHits), number(factor))),
            above(recorded(PAST.cacheHits), number(share)),
          ),
          atLeast(recorded(TOKENS.inputCalls), number(calls)),
        ),
        description: `${VALUE.share} of the input of ${valueOf(TOKENS.inputCalls)} calls to ${MODEL.map(labelValue).join(' ')} in the last ${TOKEN_WINDOW} came from the vendor's cache; usual is ${valueOf(PAST.cacheHits, 'share')}.`,
      },
    ],
    summary: "The vendor's cache of prompts does not hit any more.",
    dashboard: 'quota',
    runbook: {
      meaning: "Of the input tokens, far fewer than usual were read from the provider's cache of prompts.",
      impact: 'The same calls cost a multiple and begin later.',
      ...WHOSE_IS_IT,
      us: {
        text: 'Something that changes was put at the beginning of the prompt: a time, an id, another order of tools.',
        queries: [worstFirst(TOKENS.cacheHits), recorded(PAST.cacheHits)],
      },
      mitigation: [
        'Take back the last change of the prompt, or move what changes to its end.',
        'Ask the vendor whether the cache is ill.',
      ],
      over: 'The share of an hour is back; after a day the new share is usual.',
      falsePositives: ['Calls became rarer than the cache lives.'],
    },
  }),
} as const;
