import { type Expression, maxBy } from '../promql/expression.ts';
import type { AlertName } from '../alerts/alerts.ts';
import { type LabelId, labelName } from '../promql/labels.ts';
import { FIRING, pick, some } from './queries.ts';

interface Annotation {
  readonly name: string;
  readonly expression: Expression;
  readonly title: string;
  readonly text: string;
  readonly color: string;
}

const ABOUT = ['providerName', 'requestModel'] as const satisfies readonly LabelId[];

/** What is drawn over every panel of a dashboard: the alerts that it explains, each once, and incidents that vendors declare. */
export const annotationsOf = (alerts: readonly AlertName[]): readonly Annotation[] => [
  {
    name: 'Alerts',
    expression: maxBy(['alertName', ...ABOUT], FIRING(alerts)),
    title: '{{alertname}}',
    text: ABOUT.map((id) => `{{${labelName(id)}}}`).join(' '),
    color: 'red',
  },
  {
    name: 'Vendor incidents',
    expression: some(maxBy(['vendor', 'vendorImpact'], pick('vendorIncidents'))),
    title: `Incident declared by {{${labelName('vendor')}}}`,
    text: `Impact: {{${labelName('vendorImpact')}}}`,
    color: 'orange',
  },
];
