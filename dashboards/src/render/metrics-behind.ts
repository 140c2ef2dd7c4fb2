import { METRICS, type MetricId, prometheusName } from '@brownout/signals';
import { RECORDING_GROUPS } from '../recording/groups.ts';

const RECORDED = Object.values(RECORDING_GROUPS).flat();
const NAMES = /[a-zA-Z_][\w:]*/g;

/** The metrics of the registry that expressions are made of, through whatever is recorded in between. */
export function metricsBehind(expressions: readonly string[]): readonly MetricId[] {
  const seen = new Set<string>();
  const follow = (text: string): void => {
    for (const [name] of text.matchAll(NAMES)) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const { record, expression } of RECORDED) if (record === name) follow(expression.text);
    }
  };
  for (const text of expressions) follow(text);
  return (Object.keys(METRICS) as MetricId[]).filter((id) => {
    const name = prometheusName(METRICS[id]);
    return ['', '_bucket', '_sum', '_count'].some((part) => seen.has(`${name}${part}`));
  });
}
