import { ATTRIBUTE, METRICS, prometheusLabel, prometheusName, type MetricRow } from '@brownout/signals';
import type { Labelled, RecordedPoint, Recording } from '../record/recording.ts';

/** A series of a recorded call, before it is known whose call it is. */
export interface Template {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a call does to the series of its process when it ends. */
export interface PlayableCall {
  /** From the application's call to its end: it is counted that much later than it was made. */
  readonly milliseconds: number;
  /** Pairs of a template and by how much it grows. */
  readonly add: readonly (readonly [template: number, value: number])[];
  readonly set: readonly SetGauge[];
  readonly streaming: boolean;
  /** Output tokens, where the process compares them with those of the calls before. */
  readonly length?: number;
}

/** What a gauge is from then on, or until so many milliseconds later: a rate limit is full again when its window ends. */
export interface SetGauge {
  readonly template: number;
  readonly value: number;
  readonly until?: { readonly milliseconds: number; readonly value: number };
}

/** The recorded calls as series of Prometheus. */
export interface Playable {
  readonly templates: readonly Template[];
  readonly born: { readonly streamed: readonly number[]; readonly whole: readonly number[] };
  /** What grows with an answer of an unusual length: no recorded call knows what is usual, the process that plays it does. */
  readonly outliers: number;
  calls(fault: string, streaming: boolean): readonly PlayableCall[];
}

const BY_NAME = new Map(Object.values<MetricRow>(METRICS).map((row) => [row.name, row]));

/** @param isRead whether a rule reads a series of that name: nobody is the wiser for the others */
export function playable({ born, calls }: Recording, isRead: (name: string) => boolean): Playable {
  const templates: Template[] = [];
  const ids = new Map<string, number>();
  const idOf = (name: string, labels: Template['labels']): number => {
    const key = `${name}${JSON.stringify(labels)}`;
    let id = ids.get(key);
    if (id === undefined) {
      id = templates.length;
      ids.set(key, id);
      templates.push({ name, labels });
    }
    return id;
  };
  const byCase = new Map<string, PlayableCall[]>();
  const seen = new Set<number>();
  for (const { fault, streaming, points } of calls) {
    const add: [number, number][] = [];
    const set: SetGauge[] = [];
    for (const point of points)
      for (const { name, labels, value } of seriesOf(point)) {
        if (!isRead(name)) continue;
        const template = idOf(name, labels);
        if (point.kind === 'gauge') set.push({ template, value, ...untilFull(point, points) });
        else add.push([template, value]);
      }
    for (const [id] of add) seen.add(id);
    const key = `${fault}/${streaming}`;
    const call = { milliseconds: durationOf(points), add, set, streaming, ...lengthOf(points) };
    byCase.set(key, [...(byCase.get(key) ?? []), call]);
  }
  const outlier = born.whole.find(
    ({ metric, attributes }) =>
      metric === METRICS.outputAnomalies.name && attributes[ATTRIBUTE.anomaly] === 'length_outlier',
  );
  if (outlier === undefined) throw new Error('no call starts the series of unusual lengths: record the calls again');
  const outliers = idOf(nameOf(outlier.metric), labelsOf(outlier.attributes));
  seen.add(outliers);
  // A series that is 0 for ever is in no rate: leaving it out changes nothing but the time that it takes.
  const bornIds = (list: readonly Labelled[]) =>
    list
      .map(({ metric, attributes }) => idOf(nameOf(metric), labelsOf(attributes)))
      .filter((id) => seen.has(id) && isRead(templates[id]?.name ?? ''));
  return {
    templates,
    born: { streamed: bornIds(born.streamed), whole: bornIds(born.whole) },
    outliers,
    calls: (fault, streaming) => byCase.get(`${fault}/${streaming}`) ?? [],
  };
}

function* seriesOf(point: RecordedPoint): Generator<Template & { readonly value: number }> {
  const name = nameOf(point.metric);
  const labels = labelsOf(point.attributes);
  if (point.kind !== 'histogram') {
    yield { name, labels, value: point.value };
    return;
  }
  const bounds = BY_NAME.get(point.metric)?.buckets ?? [];
  let count = 0;
  for (const [index, bound] of [...bounds, Infinity].entries()) {
    count += point.buckets[index] ?? 0;
    // As Prometheus 3 normalises them.
    const le = bound === Infinity ? '+Inf' : Number.isInteger(bound) ? `${bound}.0` : String(bound);
    yield { name: `${name}_bucket`, labels: { ...labels, le }, value: count };
  }
  yield { name: `${name}_sum`, labels, value: point.sum };
  yield { name: `${name}_count`, labels, value: count };
}

function nameOf(metric: string): string {
  const row = BY_NAME.get(metric);
  if (row === undefined) throw new Error(`${metric} is not in the registry: record the calls again`);
  return prometheusName(row);
}

const labelsOf = (attributes: Labelled['attributes']): Template['labels'] =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [prometheusLabel(key), value]));

function durationOf(points: readonly RecordedPoint[]): number {
  const duration = points.find(({ metric }) => metric === METRICS.inferenceDuration.name);
  return duration?.kind === 'histogram' ? duration.sum * 1000 : 0;
}

/** As the process does that has read it: a limit is full when the window ends that its headers tell. */
function untilFull(point: RecordedPoint, points: readonly RecordedPoint[]): Pick<SetGauge, 'until'> {
  if (point.metric !== METRICS.rateLimitRemainingRatio.name) return {};
  const resource = point.attributes[ATTRIBUTE.rateLimitResource];
  const reset = points.find(
    ({ metric, attributes }) =>
      metric === METRICS.rateLimitReset.name && attributes[ATTRIBUTE.rateLimitResource] === resource,
  );
  return reset?.kind === 'gauge' ? { until: { milliseconds: reset.value * 1000, value: 1 } } : {};
}

/** Only answers that can be used are compared, as far as their tokens are known. */
function lengthOf(points: readonly RecordedPoint[]): Pick<PlayableCall, 'length'> {
  const call = points.find(({ metric }) => metric === METRICS.calls.name);
  const tokens = points.find(({ metric }) => metric === METRICS.outputTokensPerOperation.name);
  const isCompared = COMPARED.has(call?.attributes[ATTRIBUTE.verdict] ?? '');
  return isCompared && tokens?.kind === 'histogram' ? { length: tokens.sum } : {};
}

const COMPARED: ReadonlySet<string> = new Set(['usable', 'degraded']);
