import { above, and, atLeast, below, dividedBy, type Expression, number, or, times } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { CALLS } from '../recording/calls.ts';
import { TOKENS } from '../recording/gen-ai.ts';
import { PAST } from '../recording/past.ts';
import { SYMPTOM_WINDOW, TOKEN_WINDOW } from '../recording/record.ts';
import { SYMPTOMS } from '../recording/symptoms.ts';
import { alert, type AlertRule } from './alert.ts';
import { asWellAs, WHOSE_IS_IT, worstFirst } from './diagnosis.ts';
import { surgeAlert, symptomAlert } from './symptom.ts';
import { labelValue, VALUE, valueOf } from './templates.ts';

type ModelSeries = Recorded<'providerName' | 'requestModel'>;

interface Taken {
  readonly mean: ModelSeries;
  readonly calls: ModelSeries;
}

/** Over an hour, and over the quarter of an hour that says the same sooner of many calls. */
const DIRECTIONS = {
  input: {
    usual: PAST.inputMean,
    hour: { mean: TOKENS.inputMean, calls: TOKENS.inputCalls },
    lately: { mean: TOKENS.inputMeanLately, calls: TOKENS.inputCallsLately },
  },
  output: {
    usual: PAST.outputMean,
    hour: { mean: TOKENS.outputMean, calls: TOKENS.outputCalls },
    lately: { mean: TOKENS.outputMeanLately, calls: TOKENS.outputCallsLately },
  },
} as const satisfies Readonly<
  Record<string, { readonly usual: ModelSeries; readonly hour: Taken; readonly lately: Taken }>
>;

const MODEL: readonly LabelId[] = TOKENS.outputMean.labels;

const OF_ANSWERS = { category: 'tokens', dashboard: 'quality', of: CALLS.answered, ofWhat: 'answers' } as const;

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
      calls: { kind: 'count', default: 50, meaning: `fewest calls in ${TOKEN_WINDOW} that say something` },
      lately: {
        kind: 'count',
        default: 100,
        meaning: `fewest calls in ${SYMPTOM_WINDOW} that say something: so short a time has more of a chance`,
      },
    },
    labels: MODEL,
    rules: ({ factor, calls, lately: callsLately }) =>
      Object.entries(DIRECTIONS).flatMap(([type, { usual, hour, lately }]): readonly AlertRule[] => {
        const rule = (band: string, isOff: (mean: Expression) => Expression): AlertRule => ({
          labels: { tokens: type, band },
          expression: or(
            and(isOff(recorded(hour.mean)), atLeast(recorded(hour.calls), number(calls))),
            and(isOff(recorded(lately.mean)), atLeast(recorded(lately.calls), number(callsLately))),
          ),
          description: `Calls to ${MODEL.map(labelValue).join(' ')} in the last ${SYMPTOM_WINDOW} or ${TOKEN_WINDOW} took ${VALUE.number} ${type} tokens each; usual are ${valueOf(usual)}. There were ${valueOf(hour.calls)} of them in ${TOKEN_WINDOW}.`,
        });
        return [
          rule('above', (mean) => above(mean, times(number(factor), recorded(usual)))),
          rule('below', (mean) => below(mean, dividedBy(recorded(usual), number(factor)))),
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
      over: `The means of ${SYMPTOM_WINDOW} and ${TOKEN_WINDOW} are within their band again; after a day the new length is usual.`,
      falsePositives: ['Another mixture of use cases on the same model: batch work at night.'],
    },
  }),
  BrownoutUnusualLengths: surgeAlert({
    ...OF_ANSWERS,
    share: SYMPTOMS.outlying,
    usual: PAST.outlying,
    threshold: 0.05,
    says: 'were far longer or shorter than those before them',
    summary: 'Many more answers than usual are far longer or shorter than those before them.',
    runbook: {
      meaning:
        'Each process knows the lengths that are usual for a use case and a model, in output tokens, from the hundred answers before; several times as many answers as usual lie outside. It tells the beginning of a change: after one or two hundred answers the new lengths are what is usual, and `BrownoutTokensOffBand`, which looks at a day, goes on to tell.',
      impact: 'Longer answers cost more and take longer; of shorter ones something is missing.',
      us: asWellAs(
        {
          text: 'A prompt, a limit or a new purpose in the same use case, with a deployment of ours.',
          queries: [worstFirst(SYMPTOMS.outlying), recorded(TOKENS.outputMeanLately)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Read some of the answers: the spans of these calls have the anomaly `length_outlier`.',
        'Compare with the time of the last deployment.',
        'Limit the output; pin the version of the model that was usual.',
      ],
      falsePositives: [
        'A batch of another kind under the same use case: give it a use case of its own.',
        'Answers of any length at all, each rarely: they are unusual by definition.',
      ],
    },
  }),
  BrownoutImplausibleUsage: symptomAlert({
    ...OF_ANSWERS,
    share: SYMPTOMS.miscounted,
    threshold: 0.05,
    says: 'had a token count that cannot be theirs',
    summary: 'The vendor counts tokens that cannot be those of its answers.',
    runbook: {
      meaning:
        'The output tokens that the provider reports are so few, or so many, that no tokenizer could have made them of the text that came.',
      impact: 'Costs, limits and lengths that are computed of its counts are wrong, ours and maybe those on the bill.',
      us: asWellAs(
        {
          text: 'A gateway of ours that counts by itself, or hands on the count of the last chunk only, does so for every model behind it.',
          queries: [worstFirst(SYMPTOMS.miscounted), recorded(TOKENS.outputMeanLately)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Take the tokens of these hours from the vendor’s own report of usage, not from metrics.',
        'Open a ticket with the request ids: it is a matter of billing.',
      ],
      falsePositives: [
        'A server that never counts as tokenizers do: all of its answers are in the share, from the first day on.',
      ],
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
