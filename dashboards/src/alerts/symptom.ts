import { above, and, atLeast, dividedBy, type Expression, number, or, times } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { RATE_WINDOW, RATE_SECONDS, SYMPTOM_WINDOW } from '../recording/record.ts';
import type { Symptom } from '../recording/symptoms.ts';
import { alert, type Runbook } from './alert.ts';
import type { Category, Severity } from './categories.ts';
import type { DashboardId } from './dashboards.ts';
import { WHOSE_IS_IT } from './diagnosis.ts';
import { atLeastCalls, type Chosen } from './settings.ts';
import { labelValue, VALUE, valueOf } from './templates.ts';

/** What an alert on too large a share of something says. */
interface ShareAlert {
  readonly category: Category;
  readonly severity?: Severity;
  readonly dashboard?: DashboardId;
  /** How large the share may be. */
  readonly threshold: number;
  /** What it is a share of, in series and in a word. */
  readonly of: Recorded;
  readonly ofWhat: string;
  /** How the sentence goes on that begins with the share: `5% of the 300 streams of …`. */
  readonly says: string;
  readonly summary: string;
  readonly runbook: Pick<Runbook, 'meaning' | 'impact' | 'mitigation' | 'falsePositives'> & Partial<Runbook>;
}

const FOR_ALL = { severity: 'warning', for: '5m', keepFiringFor: '5m', dashboard: 'model' } as const;

const OVER = `The share falls under the threshold within ${SYMPTOM_WINDOW} of the last bad answer, and the alert ends five minutes later.`;

/** An alert on a share over the symptoms' window alone, of at least so many. */
export function shareAlert({
  share: watched,
  threshold,
  of,
  ofWhat,
  floor,
  says,
  means = `share of ${ofWhat} that ${says}`,
  sentence = `${VALUE.share} of the ${valueOf(of)} ${ofWhat} of ${subject(watched.labels)} in the last ${SYMPTOM_WINDOW} ${says}.`,
  runbook,
  ...row
}: ShareAlert & {
  readonly share: Recorded;
  readonly floor: number;
  /** Another sentence, and another meaning of the share, where those are not right. */
  readonly sentence?: string;
  readonly means?: string;
}) {
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

/** As few bad calls as are no coincidence where all is well: a fixed share of few calls would be one. */
const BAD = 3;

/**
 * The same where healthy days have some: half a percent of refusals or length limits is every day. Of one call a minute three
 * of them come within a quarter of an hour once in two months; of ten calls a minute four within five minutes once or twice a
 * month, and a rate of metrics that are read every minute draws four out to five.
 */
const BAD_OF_SOME = 4;
const BURST_OF_SOME = 6;

/** The smallest share that is told at once, before it has lasted. */
const SUDDEN = 0.05;

const SYMPTOM = { ...FOR_ALL, for: '0s' } as const;

const settingsOf = (threshold: number, ofWhat: string, says: string) =>
  ({
    share: {
      kind: 'share',
      default: threshold,
      meaning: `share of ${ofWhat} that ${says}, over ${SYMPTOM_WINDOW}`,
    },
    sudden: {
      kind: 'share',
      default: Math.max(threshold, SUDDEN),
      meaning: `the same share over ${RATE_WINDOW}, for what begins suddenly`,
    },
    bad: { kind: 'count', default: BAD, meaning: `fewest of them, in either window, that are no coincidence` },
  }) as const;

type Bounds = Chosen<ReturnType<typeof settingsOf>>;

/** The share of each window where it is too large and made of enough. The counts stand for `for`: there is none. */
function tooMany(
  { lately, ...watched }: Symptom,
  of: Recorded,
  { share, sudden, bad, burst = bad }: Bounds & { readonly burst?: number },
): { readonly sustained: Expression; readonly begun: Expression } {
  return {
    sustained: and(
      above(recorded(watched), number(share)),
      atLeast(times(recorded(watched), recorded(of)), number(bad)),
    ),
    begun: and(
      above(dividedBy(lately.bad, lately.of), number(sudden)),
      atLeast(times(number(RATE_SECONDS), lately.bad), number(burst)),
    ),
  };
}

/** An alert on a symptom of a model: as soon as it has begun, and for as long as it goes on, however slightly. */
export function symptomAlert({
  share: watched,
  threshold,
  of,
  ofWhat,
  says,
  runbook,
  ...row
}: ShareAlert & { readonly share: Symptom }) {
  return alert({
    ...SYMPTOM,
    ...row,
    settings: settingsOf(threshold, ofWhat, says),
    labels: watched.labels,
    rules: (chosen) => {
      const { sustained, begun } = tooMany(watched, of, chosen);
      return [{ expression: or(sustained, begun), description: sentenceOf(watched.labels, of, ofWhat, says) }];
    },
    runbook: { over: OVER, ...WHOSE_IS_IT, ...runbook },
  });
}

/** The same where some of it is normal: also several times what is usual. Where nothing is known to be usual, nothing is. */
export function surgeAlert({
  share: watched,
  threshold,
  of,
  ofWhat,
  says,
  runbook,
  usual,
  ...row
}: ShareAlert & { readonly share: Symptom; readonly usual: Recorded }) {
  return alert({
    ...SYMPTOM,
    ...row,
    settings: {
      ...settingsOf(threshold, ofWhat, says),
      bad: {
        kind: 'count',
        default: BAD_OF_SOME,
        meaning: `fewest of them over ${SYMPTOM_WINDOW} that are no coincidence`,
      },
      burst: {
        kind: 'count',
        default: BURST_OF_SOME,
        meaning: `fewest of them over ${RATE_WINDOW} that are no coincidence`,
      },
      factor: { kind: 'factor', default: 3, meaning: 'how many times more than usual: than the median of a day' },
    },
    labels: watched.labels,
    rules: ({ factor, ...chosen }) => {
      const { sustained, begun } = tooMany(watched, of, chosen);
      const isUnusual = (share: Expression): Expression =>
        above(share, times(number(factor), or(recorded(usual), times(number(0), recorded(watched)))));
      return [
        {
          expression: or(
            and(sustained, isUnusual(recorded(watched))),
            and(begun, isUnusual(dividedBy(watched.lately.bad, watched.lately.of))),
          ),
          description: `${sentenceOf(watched.labels, of, ofWhat, says)}${valueOf(usual, 'share', [' Usual is ', '.'])}`,
        },
      ];
    },
    runbook: { over: OVER, ...WHOSE_IS_IT, ...runbook },
  });
}

const subject = (labels: readonly LabelId[]): string => labels.map(labelValue).join(' ');

const sentenceOf = (labels: readonly LabelId[], of: Recorded, ofWhat: string, says: string): string =>
  `${VALUE.share} of the ${ofWhat} of ${subject(labels)} in the last ${RATE_WINDOW} or ${SYMPTOM_WINDOW} ${says}; there were ${valueOf(of)} of them in ${SYMPTOM_WINDOW}.`;
