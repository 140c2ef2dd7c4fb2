/** A series as Prometheus' HTTP API gives it. Times are seconds since the Unix epoch. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

/** The answer to an instant query: one point for each series, or all points of a selector with a range. */
export async function askPrometheus(url: string, query: string, signal: AbortSignal): Promise<readonly Series[]> {
  const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query }).toString()}`, { signal });
  const answer = (await response.json()) as Answer;
  if (answer.status !== 'success') throw new Error(`Prometheus refuses ${query}: ${answer.error}`);
  return answer.data.result.map(({ metric, value, values }) => ({
    labels: metric,
    points: (values ?? (value === undefined ? [] : [value])).map(([at, text]) => ({ at, value: Number(text) })),
  }));
}

type Answer =
  | { readonly status: 'error'; readonly error: string }
  | {
      readonly status: 'success';
      readonly data: {
        readonly result: readonly {
          readonly metric: Readonly<Record<string, string>>;
          readonly value?: readonly [number, string];
          readonly values?: readonly (readonly [number, string])[];
        }[];
      };
    };
