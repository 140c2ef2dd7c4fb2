import { sharesOf, type Outcome, type Shares } from './outcome.ts';
import { quantile, type Series } from './sample.ts';

/** What the exported metrics say about the calls of one model, or of several together. */
export interface ModelFigures extends Shares {
  readonly calls: number;
  /** Seconds from the application's call to the first output; `null` without a streamed answer. */
  readonly firstChunkP95Seconds: number | null;
  readonly retries: number;
  readonly fallbacks: number;
  /** Calls for each reason but `ok`, most frequent first. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface ServiceFigures {
  /** Share of requests to vendors, each retry counted by itself, with a 2xx status. */
  readonly vendorHttp2xxShare: number | null;
  /** The same of the tickets that the service answered. */
  readonly serviceHttp2xxShare: number | null;
  readonly serviceErrorShare: number | null;
  /** Seconds from a request to the vendor's status line: the response time of an uptime check. */
  readonly vendorHeadersP95Seconds: number | null;
}

const MODEL = 'gen_ai.request.model';

/** The models that answers were asked of, in order of first sight. Embeddings answer nobody. */
export function answeringModels(series: readonly Series[]): readonly string[] {
  const calls = series.filter(
    ({ metric, attributes }) => metric === 'brownout.calls' && attributes['gen_ai.operation.name'] === 'chat',
  );
  return [...new Set(calls.map(({ attributes }) => String(attributes[MODEL])))];
}

export function modelFigures(series: readonly Series[], models: readonly string[]): ModelFigures {
  const select = (metric: string, attribute: string = MODEL) =>
    series.filter((one) => one.metric === metric && models.includes(String(one.attributes[attribute])));
  const outcomes = select('brownout.calls').map(({ attributes, count }) => ({ ...outcomeOf(attributes), count }));
  const total = (list: readonly { readonly count: number }[]) => list.reduce((sum, { count }) => sum + count, 0);
  return {
    ...sharesOf(outcomes),
    calls: total(outcomes),
    firstChunkP95Seconds: quantile(0.95, select('gen_ai.client.inference.time_to_first_chunk')),
    retries: total(select('brownout.retries')),
    fallbacks: total(select('brownout.fallbacks', 'brownout.fallback.from.model')),
    reasons: countReasons(outcomes),
  };
}

export function serviceFigures(series: readonly Series[]): ServiceFigures {
  const statuses = (metric: string) =>
    series
      .filter((one) => one.metric === metric)
      .map(({ attributes, count }) => ({ status: Number(attributes['http.response.status_code'] ?? 0), count }));
  const attempts = statuses('brownout.attempt.duration');
  const requests = statuses('http.server.request.duration');
  return {
    vendorHttp2xxShare: shareOf(attempts, isSuccess),
    serviceHttp2xxShare: shareOf(requests, isSuccess),
    serviceErrorShare: shareOf(requests, (status) => status >= 500),
    vendorHeadersP95Seconds: quantile(
      0.95,
      series.filter(({ metric }) => metric === 'brownout.attempt.time_to_headers'),
    ),
  };
}

export function outcomeOf(attributes: Series['attributes']): Outcome {
  const text = (name: string) => String(attributes[`brownout.${name}`] ?? '');
  return { verdict: text('verdict'), reason: text('reason'), fault: text('fault'), transport: text('transport') };
}

const isSuccess = (status: number) => status >= 200 && status < 300;

interface StatusCount {
  readonly status: number;
  readonly count: number;
}

function shareOf(counted: readonly StatusCount[], matches: (status: number) => boolean): number | null {
  const all = counted.reduce((sum, { count }) => sum + count, 0);
  const matching = counted.reduce((sum, { status, count }) => sum + (matches(status) ? count : 0), 0);
  return all === 0 ? null : matching / all;
}

function countReasons(outcomes: readonly (Outcome & { readonly count: number })[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { reason, count } of outcomes) {
    if (reason !== 'ok') counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
}
