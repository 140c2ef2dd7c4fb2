import { above, and, atLeast, type Expression, maxBy, minBy, minus, number } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { CALLS } from '../recording/calls.ts';
import { LEVELS, SYMPTOM_WINDOW } from '../recording/record.ts';
import { KINDS, SYMPTOMS } from '../recording/symptoms.ts';
import { alert } from './alert.ts';
import { WHOSE_IS_IT, worstFirst } from './diagnosis.ts';
import { atLeastCalls } from './settings.ts';
import { labelValue, VALUE } from './templates.ts';

interface Comparison {
  readonly share: Recorded;
  readonly calls: Recorded;
  readonly within: readonly LabelId[];
  readonly what: string;
}

/** What is compared with what, within what. */
const COMPARISONS = {
  streaming: {
    share: KINDS.byStreaming,
    calls: CALLS.countedByStreaming,
    within: LEVELS.provider_model,
    what: 'streamed and whole answers',
  },
  operation: {
    share: KINDS.byOperation,
    calls: CALLS.countedByOperation,
    within: LEVELS.provider,
    what: 'the operations',
  },
  model: { share: SYMPTOMS.vendorFault, calls: CALLS.counted, within: LEVELS.provider, what: 'the models' },
} as const satisfies Readonly<Record<string, Comparison>>;

const spread = ({ share, calls, within }: Comparison, floor: number): Expression => {
  const told = and(recorded(share), atLeast(recorded(calls), number(floor)));
  return minus(maxBy(within, told), minBy(within, told));
};

export const INCONSISTENT_ALERTS = {
  BrownoutInconsistent: alert({
    category: 'inconsistent',
    severity: 'info',
    for: '10m',
    keepFiringFor: '5m',
    settings: {
      spread: { kind: 'share', default: 0.2, meaning: 'between the worst share of unusable calls and the best' },
      calls: atLeastCalls(20, 'calls of each kind'),
    },
    labels: LEVELS.provider,
    rules: (chosen) =>
      Object.entries(COMPARISONS).map(([compared, comparison]) => ({
        labels: { compared },
        expression: above(spread(comparison, chosen.calls), number(chosen.spread)),
        description: `Between ${comparison.what} of ${comparison.within.map(labelValue).join(' ')}, the shares of calls that were not usable by the vendor's fault differ by ${VALUE.share} in the last ${SYMPTOM_WINDOW}.`,
      })),
    summary: 'Kinds of requests to one vendor fare very differently.',
    dashboard: 'model',
    runbook: {
      meaning:
        'A part of the vendor is ill and another is not: streams and whole answers of one model, operations of one provider, or models of one provider. An alert on the whole dilutes that.',
      impact: 'That of the worse half. It says where to go: to the better one.',
      ...WHOSE_IS_IT,
      us: {
        text: 'Kinds that are used by different services of ours may differ by the service:',
        queries: [worstFirst(KINDS.byStreaming), worstFirst(KINDS.byOperation), worstFirst(SYMPTOMS.vendorFault)],
      },
      mitigation: [
        'Use the half that works: do not stream, or ask another model of the same provider.',
        'Tell the vendor which half it is.',
      ],
      over: 'The shares are alike again, well or ill.',
      falsePositives: ['A budget that fits one kind and not the other.'],
    },
  }),
} as const;
