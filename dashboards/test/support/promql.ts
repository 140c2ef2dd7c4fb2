import { parser } from '@prometheus-io/lezer-promql';

/** The names in an expression, read by Prometheus' own grammar. Throws where it does not parse. */
export function namesIn(expression: string): {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
} {
  const metrics: string[] = [];
  const labels: string[] = [];
  parser.parse(expression).iterate({
    enter({ type, name, from, to, node }) {
      const text = expression.slice(from, to);
      if (type.isError) throw new Error(`does not parse at ${from}: ${expression}`);
      // A name in front of a selector is a metric; names in matchers and groupings are labels.
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') metrics.push(text);
      if (name === 'LabelName') labels.push(text);
    },
  });
  return { metrics, labels };
}
