import { METRICS, type MetricId, prometheusName } from '@brownout/signals';
import { type Expression, whole } from './expression.ts';
import type { LabelId } from './labels.ts';
import { type LabelOfMetric, type Matchers, renderMatchers } from './matchers.ts';

/** A window of time as PromQL writes it. */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`;

/** A window that Grafana fills in: some scrapes, or all that a dashboard shows. */
export type GrafanaWindow = '$__rate_interval' | '$__range';

interface Range {
  readonly over?: Duration | GrafanaWindow;
  /** Look only every so often within the window: a subquery. */
  readonly every?: Duration;
  readonly offset?: Duration;
}

/** The part of a histogram that a selector takes; none for counters and gauges. */
export type Part = 'bucket' | 'sum' | 'count';

/**
 * Series of a metric as it arrives. Only the recording layer may do this, and dashboards do: everything else reads what it recorded, so
 * that another spelling of a name is another rule there and nowhere else.
 */
export function raw<Id extends MetricId>(
  id: Id,
  options: Range & { readonly where?: Matchers<LabelOfMetric<Id>>; readonly part?: Part } = {},
): Expression {
  return rawNamed(metricSeries(id, options.part), { ...options, where: options.where ?? {} });
}

export const metricSeries = (id: MetricId, part?: Part): string =>
  part === undefined ? prometheusName(METRICS[id]) : `${prometheusName(METRICS[id])}_${part}`;

/** The same by a name that is not the registry's own spelling of it. */
export const rawNamed = (name: string, options: Range & { readonly where?: Matchers<LabelId> } = {}): Expression =>
  whole(`${name}${renderMatchers(options.where ?? {})}${renderRange(options)}`);

/** A series that a recording rule makes: `level:metric:operations`. */
export interface Recorded<Label extends LabelId = LabelId> {
  readonly record: string;
  readonly labels: readonly Label[];
  readonly expression: Expression;
}

export const recorded = <Label extends LabelId>(
  series: Pick<Recorded<Label>, 'record'> & { readonly labels: readonly Label[] },
  options: Range & { readonly where?: Matchers<Label> } = {},
): Expression => whole(`${series.record}${renderMatchers(options.where ?? {})}${renderRange(options)}`);

const renderRange = ({ over, every, offset }: Range): string =>
  `${over === undefined ? '' : `[${over}${every === undefined ? '' : `:${every}`}]`}${offset === undefined ? '' : ` offset ${offset}`}`;
