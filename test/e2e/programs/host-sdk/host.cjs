'use strict';
// node host.cjs <major of the SDK> <order> <http spans> <in a task>: an application that has an OpenTelemetry SDK of its own, makes a
// call that is retried once, and prints what it exported as one JSON object.
const api = require('@opentelemetry/api');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici');
const { NodeSDK, ...parts } = require('@opentelemetry/sdk-node');
const { task } = require('@brownout/api');
const { BrownoutInstrumentation } = require('@brownout/instrumentation');

const [major, order, httpSpans, inTask] = process.argv.slice(2);
// The SDK 2.x hands its parts out itself, with exporters as bare arguments of span processors.
const logs = parts.logs ?? require('@opentelemetry/sdk-logs');
const metrics = parts.metrics ?? require('@opentelemetry/sdk-metrics');
const tracing = parts.tracing ?? require('@opentelemetry/sdk-trace');
const warnings = [];
api.diag.setLogger({ error: warn, warn, info() {}, debug() {}, verbose() {} }, api.DiagLogLevel.WARN);
function warn(...words) {
  warnings.push(words.join(' '));
}

const spans = new tracing.InMemorySpanExporter();
const records = new logs.InMemoryLogRecordExporter();
const points = new metrics.InMemoryMetricExporter(metrics.AggregationTemporality.CUMULATIVE);

const brownout = new BrownoutInstrumentation({ enabled: order !== 'registered later' });
const hook = httpSpans === 'hooked' ? { requestHook: (span) => brownout.httpAttemptHook(span) } : {};
// It is at work from the moment that it is made.
const instrumentations = [brownout, ...(httpSpans === 'none' ? [] : [new UndiciInstrumentation(hook)])];
const sdk = new NodeSDK({
  autoDetectResources: false,
  spanProcessors: [
    new tracing.SimpleSpanProcessor(major === '2' ? spans : { exporter: spans }),
    ...(inTask ? [brownout.taskSpanProcessor] : []),
  ],
  logRecordProcessors: [new logs.SimpleLogRecordProcessor({ exporter: records })],
  metricReaders: [new metrics.PeriodicExportingMetricReader({ exporter: points, exportIntervalMillis: 3_600_000 })],
  instrumentations: order === 'given to the SDK' ? instrumentations : [],
});
if (order === 'registered first') registerInstrumentations({ instrumentations });
sdk.start();
if (order === 'registered later') {
  registerInstrumentations({ instrumentations });
  brownout.enable();
}

async function main() {
  const { OpenAI } = require('openai');
  const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.BASE_URL}/v1`, maxRetries: 1 });
  const ask = async () =>
    client.chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: 'Where is my order?' }] });
  await (inTask ? task('host', ask) : ask());
  brownout.settleCalls();
  const exportedSpans = spans.getFinishedSpans();
  const exportedRecords = records.getFinishedLogRecords();
  await sdk.shutdown().catch(warn);
  const exported = points.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  const scopeOf = (span) => (span.instrumentationScope ?? span.instrumentationLibrary).name;
  console.log(
    JSON.stringify({
      spans: exportedSpans.map((span) => ({
        name: span.name,
        scope: scopeOf(span),
        id: span.spanContext().spanId,
        parent: span.parentSpanContext?.spanId,
        attributes: span.attributes,
      })),
      records: exportedRecords.map(({ eventName }) => eventName),
      metrics: exported
        .filter(({ dataPoints }) => dataPoints.some(({ value }) => value !== 0))
        .map(({ descriptor }) => descriptor.name),
      warnings,
    }),
  );
}
void main();
