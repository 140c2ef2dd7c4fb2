/** What real calls added to the metrics of the process that made them, as it is kept in `recorded-calls.jsonl`. */
export interface Recording {
  /** Series that the first call of a kind starts at 0, by whether it is streamed. */
  readonly born: { readonly streamed: readonly Labelled[]; readonly whole: readonly Labelled[] };
  readonly calls: readonly RecordedCall[];
}

/** A series by the names of the registry; what differs from call to call in a label's value stands as a word of `STANDS_FOR`. */
export interface Labelled {
  readonly metric: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a label says of the call that was recorded, and of the one that is played instead. */
export const STANDS_FOR = { model: '$model', useCase: '$use_case', task: '$task', port: '$port' } as const;

export interface RecordedCall {
  /** A fault of the simulator, or `healthy`. */
  readonly fault: string;
  readonly streaming: boolean;
  readonly points: readonly RecordedPoint[];
}

export type RecordedPoint =
  | (Labelled & { readonly kind: 'counter' | 'gauge'; readonly value: number })
  /** Counts of the buckets that are not empty, by the index of the bucket. */
  | (Labelled & {
      readonly kind: 'histogram';
      readonly sum: number;
      readonly buckets: Readonly<Record<string, number>>;
    });

/** One line for each series and for each call, so that a change of one call is a change of one line. */
export function renderRecording({ born, calls }: Recording): string {
  const keys = new Map<string, number>();
  const keyOf = ({ metric, attributes }: Labelled): number => {
    const text = JSON.stringify([metric, attributes]);
    const key = keys.get(text) ?? keys.size;
    keys.set(text, key);
    return key;
  };
  const lines = [
    JSON.stringify({ born: { streamed: born.streamed.map(keyOf), whole: born.whole.map(keyOf) } }),
    ...calls.map(({ fault, streaming, points }) =>
      JSON.stringify({
        fault,
        streaming,
        points: points.map((point) =>
          point.kind === 'histogram'
            ? [keyOf(point), 'h', point.sum, point.buckets]
            : [keyOf(point), point.kind === 'gauge' ? 'g' : 'c', point.value],
        ),
      }),
    ),
  ];
  const series = [...keys.keys()].map((text) => `{"series":${text}}`);
  return `${[...series, ...lines].join('\n')}\n`;
}

type Line =
  | { readonly series: readonly [metric: string, attributes: Readonly<Record<string, string>>] }
  | { readonly born: { readonly streamed: readonly number[]; readonly whole: readonly number[] } }
  | {
      readonly fault: string;
      readonly streaming: boolean;
      readonly points: readonly (
        | readonly [key: number, kind: 'c' | 'g', value: number]
        | readonly [key: number, kind: 'h', sum: number, buckets: Readonly<Record<string, number>>]
      )[];
    };

export function parseRecording(text: string): Recording {
  const all: Labelled[] = [];
  const at = (key: number): Labelled => {
    const found = all[key];
    if (found === undefined) throw new Error(`the recording has no series ${key}`);
    return found;
  };
  let born: Recording['born'] = { streamed: [], whole: [] };
  const calls: RecordedCall[] = [];
  for (const row of text.split('\n').filter(Boolean)) {
    const line = JSON.parse(row) as Line;
    if ('series' in line) all.push({ metric: line.series[0], attributes: line.series[1] });
    else if ('born' in line) born = { streamed: line.born.streamed.map(at), whole: line.born.whole.map(at) };
    else
      calls.push({
        fault: line.fault,
        streaming: line.streaming,
        points: line.points.map((point) =>
          point[1] === 'h'
            ? { ...at(point[0]), kind: 'histogram', sum: point[2], buckets: point[3] }
            : { ...at(point[0]), kind: point[1] === 'g' ? 'gauge' : 'counter', value: point[2] },
        ),
      });
  }
  return { born, calls };
}
