import { type Expression, maxBy } from '../promql/expression.ts';
import { labelName } from '../promql/labels.ts';
import { FIRING, pick, some } from './queries.ts';

interface Annotation {
  readonly name: string;
  readonly expression: Expression;
  readonly title: string;
  readonly text: string;
  readonly color: string;
}

/** What is drawn over every panel. */
export const ANNOTATIONS: readonly Annotation[] = [
  {
    name: 'Alerts',
    expression: FIRING('all'),
    title: '{{alertname}}',
    text: `{{severity}} {{${labelName('providerName')}}} {{${labelName('requestModel')}}} {{${labelName('useCase')}}}`,
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
