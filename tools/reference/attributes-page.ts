import {
  type AttributeRow,
  ATTRIBUTES,
  attributesOf,
  EVENTS,
  type MetricId,
  METRICS,
  prometheusLabel,
  SPANS,
} from '../../packages/signals/src/index.ts';
import { code, codes, generatedFrom, page, table } from './markdown.ts';

const ON_METRICS = new Set<string>((Object.keys(METRICS) as MetricId[]).flatMap((id) => attributesOf(id)));
const ON_SPANS = new Set<string>(
  Object.values(SPANS).flatMap((span) => [
    ...span.atCreation,
    ...span.required,
    ...span.conditional,
    ...span.recommended,
    ...span.optIn,
  ]),
);
const ON_EVENTS = new Set<string>(
  Object.values(EVENTS).flatMap((event) => [...event.required, ...event.optional, ...event.optIn]),
);

/** Reference of every attribute. */
export function renderAttributesPage(): string {
  const rows: readonly AttributeRow[] = Object.values(ATTRIBUTES);
  const own = rows.filter((row) => row.key.startsWith('brownout.'));
  const standard = rows.filter((row) => !own.includes(row));
  return page(
    generatedFrom('`packages/signals`'),
    '# Attributes',
    'The label is the one that Prometheus has, for attributes of metrics. Values are all that there are, unless the cell says that others occur.',
    '## Own attributes',
    table(HEADINGS, own.map(attributeCells)),
    '## Standard attributes',
    'As the OpenTelemetry semantic conventions define them.',
    table(HEADINGS, standard.map(attributeCells)),
  );
}

const HEADINGS = ['Attribute', 'Type', 'Values', 'On', 'Label', 'Meaning'];

function attributeCells(row: AttributeRow): readonly string[] {
  const signals = [
    ...(ON_METRICS.has(row.key) ? ['metrics'] : []),
    ...(ON_SPANS.has(row.key) ? ['spans'] : []),
    ...(ON_EVENTS.has(row.key) ? ['events'] : []),
  ];
  return [
    code(row.key),
    row.type,
    row.known ? `${codes(row.known)}, others occur` : codes(row.values ?? []),
    signals.join(', '),
    ON_METRICS.has(row.key) ? code(prometheusLabel(row.key)) : '',
    row.description,
  ];
}
