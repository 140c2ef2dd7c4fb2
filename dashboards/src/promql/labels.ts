import { ATTRIBUTE, type AttributeId, prometheusLabel } from '@brownout/signals';

/** Labels that Prometheus itself gives (the scraped or sending service, a process of it, a bucket's bound), and our alerts'. */
const PROMETHEUS_LABELS = {
  job: 'job',
  instance: 'instance',
  le: 'le',
  alertName: 'alertname',
  severity: 'severity',
  category: 'category',
} as const;

/** An attribute of the registry by its short name, or a label of Prometheus' own. */
export type LabelId = AttributeId | keyof typeof PROMETHEUS_LABELS;

/** How Prometheus spells a label. */
export function labelName(id: LabelId): string {
  return id in PROMETHEUS_LABELS
    ? PROMETHEUS_LABELS[id as keyof typeof PROMETHEUS_LABELS]
    : prometheusLabel(ATTRIBUTE[id as AttributeId]);
}

export const labelList = (ids: readonly LabelId[]): string => ids.map(labelName).join(', ');
