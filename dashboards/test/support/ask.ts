import type { Asked } from './questions.ts';

/** What Prometheus answers. */
export interface Answer {
  /** Labels of each series. */
  readonly series: readonly Readonly<Record<string, string>>[];
  /** Whether any of their values is a number. */
  readonly hasNumbers: boolean;
}

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}

/** Asks what a dashboard asks, over the range that it would show. Throws with what Prometheus says where it is no valid question. */
export async function ask(
  url: string,
  asked: Asked,
  range: { readonly from: number; readonly to: number },
): Promise<Answer> {
  const { expression, isInstant, label } = asked;
  if (label !== undefined) {
    const names = await get<readonly string[]>(`${url}/api/v1/label/${label}/values`, {
      'match[]': expression,
      start: range.from,
      end: range.to,
    });
    return { series: names.map((name) => ({ [label]: name })), hasNumbers: names.length > 0 };
  }
  const { result } = await (isInstant
    ? get<{ readonly result: readonly Sample[] }>(`${url}/api/v1/query`, { query: expression, time: range.to })
    : get<{ readonly result: readonly Sample[] }>(`${url}/api/v1/query_range`, {
        query: expression,
        start: range.from,
        end: range.to,
        step: 2,
      }));
  const numbers = result.flatMap(({ value, values = [] }) => (value === undefined ? values : [value]));
  return {
    series: result.map(({ metric }) => metric),
    hasNumbers: numbers.some(([, number]) => number !== 'NaN'),
  };
}

/** Labels of the exemplars of the series that an expression reads, until now. */
export async function exemplarsOf(
  url: string,
  expression: string,
  from: number,
): Promise<readonly Readonly<Record<string, string>>[]> {
  const found = await get<readonly { readonly exemplars: readonly { readonly labels: Record<string, string> }[] }[]>(
    `${url}/api/v1/query_exemplars`,
    { query: expression, start: from, end: Date.now() / 1000 + 1 },
  );
  return found.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels));
}

async function get<Data>(url: string, parameters: Readonly<Record<string, string | number>>): Promise<Data> {
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const response = await fetch(`${url}?${query.toString()}`);
  const body = (await response.json()) as { readonly data: Data; readonly error?: string };
  if (!response.ok) throw new Error(`${body.error ?? response.status}: ${query.toString()}`);
  return body.data;
}
