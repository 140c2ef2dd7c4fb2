import { get } from './prometheus.ts';

/** Something that is drawn over every panel, in milliseconds of Unix time. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly color: string;
}

interface Annotation {
  readonly expr?: string;
  readonly iconColor: string;
}

const STEP = 5;

/** What annotations mark: as Grafana does, samples that follow each other are one. */
export async function marksOf(
  annotations: readonly Annotation[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Mark[]> {
  const marks: Mark[] = [];
  for (const { expr, iconColor } of annotations) {
    if (expr === undefined) continue;
    const query = expr.replaceAll(/\$\w+/g, '.+');
    for (const { values = [] } of await get('/api/v1/query_range', { query, start: from, end: to, step: STEP })) {
      let start = 0;
      let last = 0;
      for (const [time] of values) {
        if (time - last > STEP) {
          if (start > 0) marks.push({ start: start * 1000, end: last * 1000, color: iconColor });
          start = time;
        }
        last = time;
      }
      if (start > 0) marks.push({ start: start * 1000, end: last * 1000, color: iconColor });
    }
  }
  return marks;
}
