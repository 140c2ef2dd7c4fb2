import { ATTRIBUTE } from '@brownout/signals';
import type { OtlpAttribute, OtlpMetric } from '../../../test/support/otlp-sink.ts';
import { STANDS_FOR, type Labelled, type RecordedPoint } from './recording.ts';

/** How a call is called by itself: by these words its points are found, and none of them says anything of it. */
export interface CallNames {
  readonly model: string;
  readonly useCase: string;
  readonly task: string;
  readonly port: string;
}

/** What one call added to the last metrics of its process: of several exports, the last one has it all. */
export function pointsOf(metrics: readonly OtlpMetric[], names: CallNames): readonly RecordedPoint[] {
  const points: RecordedPoint[] = [];
  for (const { name: metric, sum, gauge, histogram } of metrics) {
    for (const point of histogram?.dataPoints ?? []) {
      const attributes = ownAttributes(point.attributes, names);
      const buckets = Object.fromEntries(
        point.bucketCounts.map((count, index) => [index, Number(count)] as const).filter(([, count]) => count > 0),
      );
      if (attributes !== null)
        points.push({ metric, attributes, kind: 'histogram', sum: rounded(point.sum ?? 0), buckets });
    }
    for (const [kind, list] of [
      ['counter', sum?.dataPoints ?? []],
      ['gauge', gauge?.dataPoints ?? []],
    ] as const)
      for (const point of list) {
        const attributes = ownAttributes(point.attributes, names);
        const value = rounded(Number(point.asInt ?? point.asDouble));
        if (attributes !== null) points.push({ metric, attributes, kind, value });
      }
  }
  return points;
}

/** What is at 0 says only that the series exists. */
export const hasHappened = (point: RecordedPoint): boolean => point.kind !== 'counter' || point.value > 0;

export const labelled = ({ metric, attributes }: Labelled): Labelled => ({ metric, attributes });

function ownAttributes(attributes: readonly OtlpAttribute[], names: CallNames): Labelled['attributes'] | null {
  const plain = Object.fromEntries(attributes.map(({ key, value }) => [key, String(Object.values(value)[0])]));
  const isOwn = plain[ATTRIBUTE.requestModel] === names.model || plain[ATTRIBUTE.task] === names.task;
  if (!isOwn) return null;
  return Object.fromEntries(
    Object.entries(plain).map(([key, value]) => [
      key,
      value
        .replace(names.model, STANDS_FOR.model)
        .replace(names.useCase, STANDS_FOR.useCase)
        .replace(names.task, STANDS_FOR.task)
        .replace(key === 'server.port' ? names.port : /$^/, STANDS_FOR.port),
    ]),
  );
}

const rounded = (value: number): number => Number(value.toPrecision(6));
