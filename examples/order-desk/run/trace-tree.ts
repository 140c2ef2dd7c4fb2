import type { Attributes, Span } from './spans.ts';

/** One span of a trace with what happened in it, the first to begin first. */
export interface Branch {
  readonly name: string;
  readonly service: string;
  readonly milliseconds: number;
  /** What its attributes say, for people; empty where they say nothing. */
  readonly note: string;
  readonly children: readonly Branch[];
}

/** The spans below a parent as branches; without a parent, those that have none among the spans. */
export function growTree(spans: readonly Span[], parent?: Span): readonly Branch[] {
  const ids = new Set(spans.map(({ id }) => id));
  const isRoot = (span: Span): boolean => span.parent === undefined || !ids.has(span.parent);
  return spans
    .filter((span) => (parent === undefined ? isRoot(span) : span.parent === parent.id))
    .toSorted((one, other) => one.start - other.start)
    .map((span) => ({
      name: nameOf(span),
      service: span.service,
      milliseconds: span.end - span.start,
      note: noteOf(span.attributes),
      children: growTree(spans, span),
    }));
}

/** A request over HTTP is named by its method alone: the path tells people more. */
function nameOf({ name, attributes }: Span): string {
  const method = attributes['http.request.method'];
  const full = attributes['url.full'];
  const path = attributes['url.path'] ?? (full === undefined ? undefined : new URL(String(full)).pathname);
  return name === method && path !== undefined ? `${name} ${path}` : name;
}

const PHASES = ['inference', 'retrieval', 'http', 'tool', 'app'] as const;

function noteOf(attributes: Attributes): string {
  const outcome = attributes['brownout.task.outcome'];
  if (outcome !== undefined) {
    const times = PHASES.map((phase) => [phase, Number(attributes[`brownout.task.phase.${phase}`]) * 1000] as const);
    const spent = times.filter(([, time]) => time >= 0.5).map(([phase, time]) => `${phase} ${readable(time)}`);
    return `${outcome}${attributes['brownout.task.degraded'] === true ? ', degraded' : ''}: ${spent.join(', ')}`;
  }
  const verdict = attributes['brownout.verdict'];
  if (verdict !== undefined) {
    const why = verdict === 'usable' ? '' : ` (${attributes['brownout.reason']})`;
    const replaced = attributes['brownout.fallback.from.model'];
    return `${verdict}${why}${replaced === undefined ? '' : `, in place of ${replaced}`}`;
  }
  const kind = attributes['brownout.attempt.kind'];
  return [attributes['http.response.status_code'], ...(kind === 'retry' ? ['retry'] : [])].join(' ').trim();
}

const readable = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

/** The tree as lines: name, time, service, note, in columns. */
export function renderTree(branches: readonly Branch[]): string {
  const rows = branches.flatMap((branch) => rowsOf(branch, '', ''));
  const widest = (column: 0 | 1 | 2): number => Math.max(...rows.map((row) => row[column].length));
  const widths = [widest(0), widest(1), widest(2)] as const;
  return rows
    .map(([name, time, service, note]) =>
      `${name.padEnd(widths[0])}  ${time.padStart(widths[1])}  ${service.padEnd(widths[2])}  ${note}`.trimEnd(),
    )
    .join('\n');
}

type Row = readonly [name: string, time: string, service: string, note: string];

function rowsOf(branch: Branch, first: string, rest: string): readonly Row[] {
  const { name, milliseconds, service, note, children } = branch;
  return [
    [first + name, readable(milliseconds), service, note],
    ...children.flatMap((child, index) => {
      const isLast = index === children.length - 1;
      return rowsOf(child, `${rest}${isLast ? '└─ ' : '├─ '}`, `${rest}${isLast ? '   ' : '│  '}`);
    }),
  ];
}
