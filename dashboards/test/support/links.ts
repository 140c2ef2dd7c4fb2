import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { SpanAttributes } from './span-store.ts';

/** What Grafana puts into a link, once a series or a row was clicked. */
export function followed(url: string, labels: Readonly<Record<string, string>>, panel: Panel): string {
  const headings = headingsOf(panel);
  return url
    .replaceAll(/\$\{__field\.labels\.(\w+)\}/g, (_, label: string) => encodeURI(labels[label] ?? ''))
    .replaceAll(/\$\{__data\.fields\["([^"]+)"\]\}/g, (_, heading: string) =>
      encodeURI(labels[headings[heading] ?? ''] ?? ''),
    )
    .replaceAll('${traces}', 'tempo')
    .replaceAll(/\$\{__(from|to)\}/g, '1795535560000');
}

/** The label that is under each heading of a table. */
function headingsOf({ transformations = [] }: Panel): Readonly<Record<string, string>> {
  const organize = transformations.find(({ id }) => id === 'organize')?.options as
    | { readonly renameByName: Readonly<Record<string, string>> }
    | undefined;
  return Object.fromEntries(Object.entries(organize?.renameByName ?? {}).map(([label, heading]) => [heading, label]));
}

/** The TraceQL query in a link to traces. Throws where it is no such link. */
export function traceQuery(url: string): string {
  const { searchParams } = new URL(url, 'https://grafana.example.com');
  const panes = JSON.parse(searchParams.get('panes') ?? '') as {
    readonly traces: { readonly datasource: string; readonly queries: readonly [{ readonly query: string }] };
  };
  return panes.traces.queries[0].query;
}

const CONDITION = String.raw`span\.([\w.]+) (=|!=) "([^"]*)"`;
const QUERY = new RegExp(`^\\{ ${CONDITION}(?: && ${CONDITION})* \\}$`);

/** Whether a span is one that the query asks for: as much of TraceQL as our links use. Throws on anything else. */
export function matches(query: string, span: SpanAttributes): boolean {
  if (!QUERY.test(query)) throw new Error(`This is more than conditions on a span: ${query}`);
  return [...query.matchAll(new RegExp(CONDITION, 'g'))].every(([, key = '', operator, value]) => {
    const own = span[key];
    // As in TraceQL, a span without the attribute fulfils neither.
    return own !== undefined && (operator === '=' ? own === value : own !== value);
  });
}
