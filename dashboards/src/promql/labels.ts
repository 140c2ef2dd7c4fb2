import { ATTRIBUTE, type AttributeId, prometheusLabel } from '@brownout/signals';

/** Labels that Prometheus itself gives (the scraped or sending service, a process of it, a bucket's bound), and our alerts'. */
const PROMETHEUS_LABELS = {
  job: 'job',
  instance: 'instance',
  le: 'le',
  /** The metric's. */
  name: '__name__',
  alertName: 'alertname',
  severity: 'severity',
  category: 'category',
} as const;

/** Labels of OpenTelemetry's that the registry does not have. */
export const FOREIGN_LABELS = {
  /** What `gen_ai.provider.name` was before version 1.37 of the conventions. */
  formerProvider: prometheusLabel('gen_ai.system'),
  /** `true` on the one series that the SDK folds all others into where a metric has too many. */
  folded: prometheusLabel('otel.metric.overflow'),
} as const;

const OTHER_LABELS = { ...PROMETHEUS_LABELS, ...FOREIGN_LABELS } as const;

/** An attribute of the registry by its short name, a label of Prometheus' own, or a foreign one. */
export type LabelId = AttributeId | keyof typeof OTHER_LABELS;

/** How Prometheus spells a label. */
export function labelName(id: LabelId): string {
  return id in OTHER_LABELS
    ? OTHER_LABELS[id as keyof typeof OTHER_LABELS]
    : prometheusLabel(ATTRIBUTE[id as AttributeId]);
}

export const labelList = (ids: readonly LabelId[]): string => ids.map(labelName).join(', ');
