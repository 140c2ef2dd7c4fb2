import {
  ATTRIBUTE,
  COMMON_DIMENSIONS,
  type MetricGroup,
  type MetricRow,
  METRICS,
  prometheusLabel,
  prometheusName,
} from '../../packages/signals/src/index.ts';
import { code, codes, fence, generatedFrom, page, table } from './markdown.ts';

const GROUPS: Readonly<Record<MetricGroup, { readonly title: string; readonly about: string }>> = {
  call: {
    title: 'Calls',
    about:
      'One logical operation as the application sees it, made of one or more attempts. All carry the common dimensions.',
  },
  attempt: {
    title: 'Attempts, retries and rate limits',
    about: 'One request on the wire to a provider. All carry the common dimensions.',
  },
  fallback: {
    title: 'Fallbacks',
    about: 'Another call, to another model or provider, made because one was unusable. Carries the common dimensions.',
  },
  genai: {
    title: 'GenAI semantic conventions v0.1.0',
    about:
      'Names, units and attributes as the conventions have them. A count that the provider did not send is not recorded.',
  },
  genai_legacy: {
    title: 'GenAI semantic conventions before v0.1.0',
    about: 'Emitted beside the current names with `BROWNOUT_LEGACY_GENAI_METRICS=true`.',
  },
  task: { title: 'Tasks', about: "Units of the application's own work that use calls." },
  breaker: { title: 'Circuit breakers', about: 'From the policies, and from breakers found in the process.' },
  policy: {
    title: 'Other policies',
    about: 'Retries, timeouts and bulkheads that the application has put around its calls, above what its SDKs do.',
  },
  vendor: { title: "Vendors' status pages", about: 'What the vendors say of themselves.' },
  self: { title: 'The instrumentation itself', about: 'Whether the rest of this page can be trusted.' },
};

const labels = (...matchers: readonly (readonly [key: string, operator: string, value: string])[]): string =>
  `{${matchers.map(([key, operator, value]) => `${prometheusLabel(key)}${operator}"${value}"`).join(', ')}}`;

/** Reference of every metric. */
export function renderMetricsPage(): string {
  const rows: readonly MetricRow[] = Object.values(METRICS);
  return page(
    generatedFrom('`packages/signals`'),
    '# Metrics',
    `Names are OpenTelemetry's, with the name that Prometheus gives them by OTLP's default translation beside them. A histogram's series add ${codes(['_bucket', '_sum', '_count'])}. Attributes become labels with dots as underscores.`,
    `The **common dimensions** are ${codes(COMMON_DIMENSIONS)}. What an attribute says and which values it has is in [attributes](attributes.md); the verdicts are in [verdicts](verdicts.md).`,
    `Durations have the buckets ${bucketsOf(METRICS.attemptDuration)} s, rates ${bucketsOf(METRICS.streamOutputRate)} tokens per second, token counts ${bucketsOf(METRICS.inputTokensPerOperation)}.`,
    ...Object.entries(GROUPS).flatMap(([group, { title, about }]) => {
      const members = rows.filter((row) => row.group === group);
      const isPlanned = members.every((row) => row.status === 'planned');
      return [
        `## ${title}`,
        isPlanned ? `${about} **Planned: the names are reserved, nothing emits them yet.**` : about,
        table(['Metric', 'Prometheus', 'Instrument, unit', 'Attributes', 'Meaning'], members.map(metricCells)),
      ];
    }),
    renderComparisons(),
  );
}

const bucketsOf = (metric: { readonly buckets: readonly number[] }): string => metric.buckets.join(', ');

function metricCells(row: MetricRow): readonly string[] {
  const isAboutCalls = COMMON_DIMENSIONS.every((key) => row.required.includes(key));
  const own = row.required.filter((key) => !isAboutCalls || !(COMMON_DIMENSIONS as readonly string[]).includes(key));
  const attributes = [
    ...(isAboutCalls ? ['common'] : []),
    ...own.map(code),
    ...(row.optional.length === 0 ? [] : [`where known: ${codes(row.optional)}`]),
  ];
  const status = row.status === 'planned' ? ' (planned)' : '';
  return [
    code(row.name),
    code(prometheusName(row)),
    `${row.instrument}, ${code(row.unit)}`,
    attributes.join(', '),
    `${row.description}${status}`,
  ];
}

/** How to tell kinds of requests apart, with queries that work as they stand. */
function renderComparisons(): string {
  const calls = prometheusName(METRICS.calls);
  const streaming = prometheusLabel(ATTRIBUTE.streaming);
  const counted = [
    [ATTRIBUTE.transport, '=', 'up'],
    [ATTRIBUTE.verdict, '!=', 'cancelled'],
    [ATTRIBUTE.fault, '!=', 'caller'],
  ] as const;
  const brownouts = [
    [ATTRIBUTE.transport, '=', 'up'],
    [ATTRIBUTE.fault, '=', 'vendor'],
    [ATTRIBUTE.verdict, '!~', 'usable|cancelled'],
  ] as const;
  const operation = prometheusLabel(ATTRIBUTE.operationName);
  return page(
    '## Comparing kinds of requests',
    `**Streamed and not streamed.** ${code(METRICS.calls.name)} says for every call whether it was streamed (${code(ATTRIBUTE.streaming)}); so the brownout share of both, the headline number, is one query:`,
    fence(
      'promql',
      `sum by (${streaming}) (rate(${calls}${labels(...brownouts)}[5m]))\n  /\nsum by (${streaming}) (rate(${calls}${labels(...counted)}[5m]))`,
    ),
    `The durations of the conventions do not say it. A streamed answer is as fast as its first chunk, so compare ${code(METRICS.inferenceTimeToFirstChunk.name)} (streamed answers only) for those, and ${code(METRICS.inferenceDuration.name)} for the time that all calls took:`,
    fence(
      'promql',
      `histogram_quantile(0.95, sum by (le, ${prometheusLabel(ATTRIBUTE.requestModel)}) (rate(${prometheusName(METRICS.inferenceTimeToFirstChunk)}_bucket[5m])))`,
    ),
    `**Chat, completions and embeddings.** Every metric about calls carries ${code(ATTRIBUTE.operationName)}; the conventions have metrics of their own for embeddings:`,
    fence('promql', `sum by (${operation}) (rate(${calls}[5m]))`),
    `**First attempts and retries.** ${code(METRICS.attemptDuration.name)} says which an attempt is (${code(ATTRIBUTE.attemptKind)}); this is how many requests a call takes:`,
    fence(
      'promql',
      `sum by (${operation}) (rate(${prometheusName(METRICS.attemptDuration)}_count[5m]))\n  /\nsum by (${operation}) (rate(${calls}[5m]))`,
    ),
  ).trimEnd();
}
