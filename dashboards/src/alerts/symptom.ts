import { above, and, atLeast, number, or, times } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { SYMPTOM_WINDOW } from '../recording/record.ts';
import { alert, type Runbook } from './alert.ts';
import type { Category, Severity } from './categories.ts';
import type { DashboardId } from './dashboards.ts';
import { WHOSE_IS_IT } from './diagnosis.ts';
import { atLeastCalls } from './settings.ts';
import { labelValue, VALUE, valueOf } from './templates.ts';

/** An alert on too large a share of something: most symptoms are one. */
interface Symptom {
  readonly category: Category;
  readonly severity?: Severity;
  readonly dashboard?: DashboardId;
  /** The share that is watched, and how large it may be. */
  readonly share: Recorded;
  readonly threshold: number;
  /** What it is a share of, in series and in a word, and how many there have to be. */
  readonly of: Recorded;
  readonly ofWhat: string;
  readonly floor: number;
  /** How the sentence goes on that begins with the share: `5% of the 300 streams of … in the last 15m`. */
  readonly says: string;
  /** Another sentence, and another meaning of the share, where those are not right. */
  readonly sentence?: string;
  readonly means?: string;
  readonly summary: string;
  readonly runbook: Pick<Runbook, 'meaning' | 'impact' | 'mitigation' | 'falsePositives'> & Partial<Runbook>;
}

const FOR_ALL = { severity: 'warning', for: '5m', keepFiringFor: '5m', dashboard: 'model' } as const;

const OVER = `The share falls under the threshold within ${SYMPTOM_WINDOW} of the last bad answer, and the alert ends five minutes later.`;

export function symptomAlert({
  share: watched,
  threshold,
  of,
  ofWhat,
  floor,
  says,
  means = `share of ${ofWhat} that ${says}`,
  sentence = sentenceOf(watched.labels, of, ofWhat, says),
  runbook,
  ...row
}: Symptom) {
  return alert({
    ...FOR_ALL,
    ...row,
    settings: {
      share: { kind: 'share', default: threshold, meaning: means },
      calls: atLeastCalls(floor, ofWhat),
    },
    labels: watched.labels,
    rules: ({ share, calls }) => [
      {
        expression: and(above(recorded(watched), number(share)), atLeast(recorded(of), number(calls))),
        description: sentence,
      },
    ],
    runbook: { over: OVER, ...WHOSE_IS_IT, ...runbook },
  });
}

/** The same where some of it is normal: also several times what is usual. Where nothing is known to be usual, nothing is. */
export function surgeAlert({
  share: watched,
  threshold,
  of,
  ofWhat,
  floor,
  says,
  runbook,
  usual,
  ...row
}: Symptom & { readonly usual: Recorded }) {
  return alert({
    ...FOR_ALL,
    ...row,
    settings: {
      share: { kind: 'share', default: threshold, meaning: `share of ${ofWhat} that ${says}` },
      factor: { kind: 'factor', default: 3, meaning: 'how many times more than usual: than the median of a day' },
      calls: atLeastCalls(floor, ofWhat),
    },
    labels: watched.labels,
    rules: ({ share, factor, calls }) => [
      {
        expression: and(
          and(above(recorded(watched), number(share)), atLeast(recorded(of), number(calls))),
          above(recorded(watched), times(number(factor), or(recorded(usual), times(number(0), recorded(watched))))),
        ),
        description: `${sentenceOf(watched.labels, of, ofWhat, says)}${valueOf(usual, 'share', [' Usual is ', '.'])}`,
      },
    ],
    runbook: { over: OVER, ...WHOSE_IS_IT, ...runbook },
  });
}

function sentenceOf(labels: readonly LabelId[], of: Recorded, ofWhat: string, says: string): string {
  return `${VALUE.share} of the ${valueOf(of)} ${ofWhat} of ${labels.map(labelValue).join(' ')} in the last ${SYMPTOM_WINDOW} ${says}.`;
}
