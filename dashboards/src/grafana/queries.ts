import { attributesOf, type AttributeKey, ATTRIBUTE, METRICS, type MetricId } from '@brownout/signals';
import type { AlertName } from '../alerts/alerts.ts';
import type { Severity } from '../alerts/categories.ts';
import { above, and, call, dividedBy, type Expression, number, or, sumBy, times, whole } from '../promql/expression.ts';
import { labelList, type LabelId, labelName } from '../promql/labels.ts';
import type { LabelOfMetric, Matchers } from '../promql/matchers.ts';
import { type GrafanaWindow, metricSeries, type Part, rawNamed, type Recorded, recorded } from '../promql/series.ts';

/** What a dashboard is cut down to, from the coarse to the fine. A variable is called as its label is. */
export const VARIABLES = ['job', 'providerName', 'requestModel', 'useCase'] as const satisfies readonly LabelId[];
export type VariableId = (typeof VARIABLES)[number];

const chosen = (id: VariableId): Matchers<LabelId> => ({ [id]: { variable: labelName(id) } });

/** The variables that can choose among series with these labels. */
export const choose = (labels: readonly LabelId[]): Matchers<LabelId> =>
  Object.assign({}, ...VARIABLES.filter((id) => labels.includes(id)).map(chosen)) as Matchers<LabelId>;

/** Status pages are read by a program of their own: its job is none of the applications'. */
function labelsOf(id: MetricId): readonly LabelId[] {
  const keys: readonly AttributeKey[] = attributesOf(id);
  const attributes = VARIABLES.filter((label) => label !== 'job' && keys.includes(ATTRIBUTE[label]));
  return METRICS[id].group === 'vendor' ? attributes : ['job', ...attributes];
}

interface Choice<Id extends MetricId> {
  readonly where?: Matchers<LabelOfMetric<Id>>;
  readonly part?: Part;
  readonly over?: GrafanaWindow;
}

/**
 * Series of a metric, cut down to what the variables choose. Unlike alerts, panels read metrics as they arrive: they are
 * narrowed down to services, which recorded series do not know, and look at windows of their own.
 */
export const pick = <Id extends MetricId>(id: Id, { where, part, over }: Choice<Id> = {}): Expression =>
  rawNamed(metricSeries(id, part), {
    where: { ...choose(labelsOf(id)), ...where },
    ...(over === undefined ? {} : { over }),
  });

/** The same of a recorded series. */
export const pickRecorded = <Label extends LabelId>(series: Recorded<Label>, where: Matchers<Label> = {}): Expression =>
  recorded(series, { where: { ...(choose(series.labels) as Matchers<Label>), ...where } });

/** Per second. */
export const rateOf = <Id extends MetricId>(
  by: readonly LabelId[],
  id: Id,
  options: Omit<Choice<Id>, 'over'> = {},
): Expression => sumBy(by, call('rate', pick(id, { ...options, over: '$__rate_interval' })));

/** In the whole range that is shown. */
export const countOf = <Id extends MetricId>(
  by: readonly LabelId[],
  id: Id,
  options: Omit<Choice<Id>, 'over'> = {},
): Expression => sumBy(by, call('increase', pick(id, { ...options, over: '$__range' })));

/** Only what there is any of: a table of zeros hides the rest. */
export const some = (expression: Expression): Expression => above(expression, number(0));

/** A part of a whole: 0 where there is none of the part, nothing where there is no whole. */
export const share = (part: Expression, total: Expression): Expression =>
  dividedBy(or(part, times(number(0), some(total))), some(total));

/** The value within which a share of a histogram's records lie; nothing where it has none. */
export const quantile = <Id extends MetricId>(
  at: number,
  by: readonly LabelId[],
  id: Id,
  where: Matchers<LabelOfMetric<Id>> = {},
): Expression =>
  and(
    call('histogram_quantile', number(at), rateOf([...by, 'le'], id, { where, part: 'bucket' })),
    some(rateOf(by, id, { where, part: 'count' })),
    // Without labels there is nothing to match on but the value itself.
    { on: by },
  );

/** The mean of a histogram's records. */
export const mean = <Id extends MetricId>(
  by: readonly LabelId[],
  id: Id,
  where: Matchers<LabelOfMetric<Id>> = {},
): Expression => dividedBy(rateOf(by, id, { where, part: 'sum' }), some(rateOf(by, id, { where, part: 'count' })));

/** The worst of many, for a table. */
export const worst = (count: number, expression: Expression): Expression => call('topk', number(count), expression);

/** The worst of many within each group. */
export const worstIn = (by: readonly LabelId[], expression: Expression): Expression =>
  call(`topk by (${labelList(by)}) `, number(1), expression);

type AlertNames = readonly AlertName[] | 'all';

/** Alerts of ours that fire, of what is chosen or of nothing of the kind. Prometheus itself writes these series; all names of ours begin alike. */
export const FIRING = (names: AlertNames, severity?: Severity): Expression =>
  whole(`ALERTS{${ofNames(names)}, alertstate="firing"${severity === undefined ? '' : `, severity="${severity}"`}}`);

/** When what fires began to be so, in Unix time: before `for` went by. */
export const FIRING_SINCE = (names: AlertNames): Expression =>
  whole(`ALERTS_FOR_STATE{${ofNames(names)}} and ignoring (alertstate) ${FIRING(names).text}`);

const ofNames = (names: AlertNames): string =>
  [
    `alertname=~"${names === 'all' ? 'Brownout.+' : names.join('|')}"`,
    ...VARIABLES.map(labelName).map((name) => `${name}=~"($${name})|"`),
  ].join(', ');
