import { type EventRow, EVENTS, type SpanRow, SPANS } from '../../packages/signals/src/index.ts';
import { code, codes, generatedFrom, page, table } from './markdown.ts';

/** Reference of every span and every event. */
export function renderEventsAndSpansPage(): string {
  const spans: readonly (readonly [string, SpanRow])[] = Object.entries(SPANS);
  const events: readonly EventRow[] = Object.values(EVENTS);
  return page(
    generatedFrom('`packages/signals`'),
    '# Spans and events',
    'What the attributes say is in [attributes](attributes.md). Content (prompts, completions, tool definitions) is recorded only where [content capture](configuration.md) is switched on.',
    '## Spans',
    ...spans.flatMap(([id, span]) => [
      `### ${title(id)}`,
      `${code(span.name)}, kind ${span.kind}. ${span.description}`,
      levels([
        ['When it starts', span.atCreation],
        ['Always', span.required],
        ['Where it applies', span.conditional],
        ['Where known', span.recommended],
        ['With content capture', span.optIn],
      ]),
    ]),
    '## Events',
    'Log records with an event name.',
    ...events.flatMap((event) => [
      `### ${code(event.name)}`,
      `Severity ${event.severity}. ${event.description}${event.status === 'planned' ? ' **Planned: nothing emits it yet.**' : ''}`,
      levels([
        ['Always', event.required],
        ['Where known', event.optional],
        ['With content capture', event.optIn],
      ]),
    ]),
  );
}

const title = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

const levels = (rows: readonly (readonly [string, readonly string[]])[]): string =>
  table(
    ['Set', 'Attributes'],
    rows.filter(([, keys]) => keys.length > 0).map(([level, keys]) => [level, codes(keys)]),
  );
