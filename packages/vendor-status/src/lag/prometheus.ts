import * as v from 'valibot';

/** Something that keeps the lag from being computed, told to people. */
export class LagError extends Error {
  override readonly name = 'LagError';
}

/** Where a Prometheus is, or anything that speaks its HTTP API. */
export interface Prometheus {
  readonly url: string;
  /** Credentials, tenants. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Unix times in seconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

export interface PrometheusSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** In order of time; no value is given where the series had none. */
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

const TIMEOUT_MS = 60_000;

const ANSWER = v.variant('status', [
  v.object({
    status: v.literal('success'),
    data: v.object({
      resultType: v.literal('matrix'),
      result: v.array(
        v.object({
          metric: v.record(v.string(), v.string()),
          values: v.array(v.tuple([v.number(), v.string()])),
        }),
      ),
    }),
  }),
  v.object({ status: v.literal('error'), error: v.string() }),
]);

/**
 * Evaluates an expression over a range. Throws `LagError` where there is no answer.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries
 */
export async function queryRange(
  { url, headers }: Prometheus,
  query: string,
  { from, to, step }: TimeRange,
): Promise<readonly PrometheusSeries[]> {
  const target = `${url.replace(/\/$/, '')}/api/v1/query_range`;
  const body = new URLSearchParams({ query, start: String(from), end: String(to), step: String(step) });
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { status, text } = await fetch(target, { method: 'POST', headers, body, signal })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((error: unknown) => {
      throw new LagError(`${url} cannot be reached: ${causeOf(error)}`, { cause: error });
    });
  const answer = v.safeParse(ANSWER, parse(text));
  if (!answer.success) {
    throw new LagError(`${target} answered with status ${status} and no answer of Prometheus' HTTP API`);
  }
  if (answer.output.status === 'error') throw new LagError(`${url} refused the query ${query}: ${answer.output.error}`);
  return answer.output.data.result.map(({ metric, values }) => ({
    labels: metric,
    points: values.map(([at, value]) => ({ at, value: Number(value) })).filter(({ value }) => Number.isFinite(value)),
  }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}
