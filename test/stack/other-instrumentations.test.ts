import { readFileSync } from 'node:fs';
import { METRICS, type MetricRow } from '@brownout/signals';
import { faultUrl, startSimulator } from '@brownout/simulator';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { OtlpSink, type OtlpPoint } from '../support/otlp-sink.ts';
import { runProgram } from '../support/run-program.ts';
import { makeFolder, send, startAgent, startGateway } from './support/agent-and-gateway.ts';
import { type Attributes, traces } from './support/otlp.ts';

const OVERLAY = new URL('../../collector/overlays/other-instrumentations.yaml', import.meta.url);
const OTHERS = ['opentelemetry', 'openllmetry', 'openinference'] as const;
const ANSWERED = 7;
const FAILED = 3;
/** OpenLLMetry 0.27 and OpenInference 4.2 end no span of a call of this SDK that fails. */
const SPANS: Readonly<Record<(typeof OTHERS)[number], number>> = {
  opentelemetry: ANSWERED + FAILED,
  openllmetry: ANSWERED,
  openinference: ANSWERED,
};

let close: () => Promise<void>;
let endpoint = '';
let destination: OtlpSink;
beforeAll(async () => {
  const folder = await makeFolder();
  destination = await OtlpSink.start();
  const gateway = await startGateway(folder, destination, ['other-instrumentations.yaml']);
  const agent = await startAgent(folder, gateway.grpc);
  endpoint = agent.url;
  close = async () => {
    for (const part of [agent, gateway, destination]) await part[Symbol.asyncDispose]();
  };
});
afterAll(() => close());

/** The newest points of a metric of a service, by their attributes. */
function pointsOf(service: string, { name }: MetricRow): readonly OtlpPoint[] {
  const newest = new Map<string, OtlpPoint>();
  for (const { resourceMetrics = [] } of destination.payloadsSince(0))
    for (const { resource, scopeMetrics } of resourceMetrics)
      if (resource.attributes.some(({ key, value }) => key === 'service.name' && value.stringValue === service))
        for (const metric of scopeMetrics.flatMap((scope) => scope.metrics).filter((one) => one.name === name))
          for (const point of (metric.sum ?? metric.histogram)?.dataPoints ?? [])
            newest.set(JSON.stringify(point.attributes), point);
  return [...newest.values()];
}
const labelsOf = ({ attributes }: OtlpPoint) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
const CALL = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-5.2' };

describe.each(OTHERS)('of an application under %s', (whose) => {
  test('the calls are counted and timed, and their tokens', async () => {
    const simulator = await startSimulator({ timing: { instant: true } });
    const outcome = await runProgram({
      file: 'others/ask-model.cjs',
      beside: 'workspace packages',
      loading: 'none',
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_SERVICE_NAME: whose,
        OTEL_METRICS_EXPORTER: 'none',
        WHOSE: whose,
        MODEL_URL: simulator.url,
        BROKEN_MODEL_URL: faultUrl(simulator.url, 'overloaded'),
        ANSWERED: String(ANSWERED),
        FAILED: String(FAILED),
      },
    });
    await simulator.close();
    expect(outcome).toMatchObject({ code: 0, stderr: '' });

    const count = () => pointsOf(whose, METRICS.inferenceDuration).reduce((sum, point) => sum + Number(point.count), 0);
    await vi.waitFor(() => expect(count()).toBe(SPANS[whose]), { timeout: 60_000, interval: 250 });
    const answered = pointsOf(whose, METRICS.inferenceDuration).filter((point) => !('error.type' in labelsOf(point)));
    expect(answered.map((point) => [labelsOf(point), Number(point.count)])).toEqual([[CALL, ANSWERED]]);
    for (const metric of [METRICS.inputTokens, METRICS.outputTokens]) {
      const [point, ...others] = pointsOf(whose, metric);
      expect(others).toEqual([]);
      expect(labelsOf(point as OtlpPoint)).toEqual(CALL);
      expect(Number(point?.asInt)).toBeGreaterThan(ANSWERED);
    }
    for (const metric of [METRICS.inputTokensPerOperation, METRICS.outputTokensPerOperation])
      expect(pointsOf(whose, metric).map((point) => Number(point.count))).toEqual([ANSWERED]);
  });
});

test.each([
  ['OpenLLMetry, 2024', { 'llm.request.type': 'chat', 'gen_ai.system': 'OpenAI', 'gen_ai.usage.prompt_tokens': 15 }],
  [
    'OpenInference with a provider',
    { 'openinference.span.kind': 'LLM', 'llm.provider': 'openai', 'llm.token_count.prompt': 15 },
  ],
  [
    'the conventions before v0.1.0',
    { 'gen_ai.operation.name': 'chat', 'gen_ai.system': 'openai', 'gen_ai.usage.input_tokens': 15 },
  ],
  [
    'the conventions',
    { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.usage.input_tokens': 15 },
  ],
] as const satisfies readonly (readonly [string, Attributes])[])(
  'spans as %s has them are read (written by hand)',
  async (service, attributes) => {
    await send(
      { url: endpoint },
      'traces',
      traces([{ trace: 1, attributes: { ...attributes, 'gen_ai.request.model': 'gpt-5.2' } }], {
        'service.name': service,
      }),
    );
    await vi.waitFor(() => expect(pointsOf(service, METRICS.inputTokens).map(labelsOf)).toEqual([CALL]), {
      timeout: 60_000,
      interval: 250,
    });
  },
);

test('what Brownout has judged, and what is no model call, is not counted again', async () => {
  const call = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-5.2' };
  const spans = [
    { trace: 1, attributes: { ...call, 'brownout.verdict': 'usable' } },
    { trace: 2, attributes: { ...call, 'gen_ai.operation.name': 'invoke_agent' } },
    { trace: 3, attributes: { 'http.request.method': 'POST' } },
    { trace: 4, attributes: { ...call, 'gen_ai.request.model': 'the only one' } },
  ];
  await send({ url: endpoint }, 'traces', traces(spans, { 'service.name': 'mixed' }));
  await vi.waitFor(() => expect(pointsOf('mixed', METRICS.inferenceDuration)).not.toEqual([]), {
    timeout: 60_000,
    interval: 250,
  });
  expect(pointsOf('mixed', METRICS.inferenceDuration).map(labelsOf)).toEqual([
    { ...call, 'gen_ai.request.model': 'the only one' },
  ]);
});

test('names, units and buckets are those of the registry', () => {
  interface Made {
    readonly name: string;
    readonly unit: string;
    readonly histogram?: { readonly buckets: readonly number[] };
  }
  const overlay = parse(readFileSync(OVERLAY, 'utf8')) as {
    readonly connectors: Readonly<Record<string, { readonly spans: readonly Made[] }>>;
  };
  const made = overlay.connectors['signal_to_metrics/calls_of_others']?.spans ?? [];
  expect(made.length).toBeGreaterThan(0);
  const rows: readonly MetricRow[] = Object.values(METRICS);
  for (const { name, unit, histogram } of made)
    expect(rows).toContainEqual(
      expect.objectContaining({ name, unit, ...(histogram && { buckets: histogram.buckets }) }),
    );
});
