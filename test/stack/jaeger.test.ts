import { rmSync } from 'node:fs';
import { faultUrl, startSimulator } from '@brownout/simulator';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findProgram } from '../../tools/programs/find-program.ts';
import { OtlpSink } from '../support/otlp-sink.ts';
import { runProgram } from '../support/run-program.ts';
import { makeFolder, send, startAgent, startGateway } from './support/agent-and-gateway.ts';
import { type Jaeger, type JaegerSpan, startJaeger } from './support/jaeger.ts';
import { traceId, traces } from './support/otlp.ts';

const CALLS = 90;
const waiting = { timeout: 60_000, interval: 500 };

const jaeger = await findProgram('jaeger', 'any');

/** An agent whose gateway sends its traces to a real Jaeger, as `TRACES_URL` alone has it do. */
async function startAll(path: string) {
  const folder = await makeFolder();
  const store = await startJaeger(path);
  const others = await OtlpSink.start();
  const gateway = await startGateway(folder, others, [], { TRACES_URL: store.url }, PROTOBUF);
  const agent = await startAgent(folder, gateway.grpc);
  onTestFinished(async () => {
    for (const one of [agent, gateway, others, store]) await one[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  return { agent, gateway, store };
}
/** As shipped: only the tests' own sink wants JSON. */
const PROTOBUF = {
  'exporters.otlp_http/traces.encoding': 'proto',
  'exporters.otlp_http/sampled.encoding': 'proto',
};

const tagsOf = ({ tags }: JaegerSpan) => Object.fromEntries(tags.map(({ key, value }) => [key, value]));
const unusable = (store: Jaeger, service: string) => store.search(service, { 'brownout.verdict': 'unusable' });

test("a real application's bad calls are found in a real Jaeger by what is said of them, all of them", async (context) => {
  if (jaeger.kind === 'missing') return context.skip(jaeger.why);
  const { agent, store } = await startAll(jaeger.path);
  const simulator = await startSimulator({ timing: { instant: true } });
  const outcome = await runProgram({
    file: 'content/secret-prompts.cjs',
    beside: 'workspace packages',
    loading: 'require',
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: agent.url,
      OTEL_SERVICE_NAME: 'ticket-desk',
      MODEL_URL: simulator.url,
      BROKEN_MODEL_URL: faultUrl(simulator.url, 'overloaded'),
      CALLS: String(CALLS),
    },
  });
  await simulator.close();
  expect(outcome).toMatchObject({ code: 0, stderr: '' });

  await vi.waitFor(async () => expect(await unusable(store, 'ticket-desk')).toHaveLength(CALLS / 3), waiting);
  for (const { spans, processes } of await unusable(store, 'ticket-desk')) {
    const call = spans.find(({ tags }) => tags.some(({ key }) => key === 'brownout.verdict'));
    const attempt = spans.find((span) => span !== call);
    expect(call && tagsOf(call)).toMatchObject({
      'brownout.verdict': 'unusable',
      'gen_ai.request.model': 'gpt-5.2',
      'otel.status_code': 'ERROR',
      error: true,
    });
    expect(attempt?.references).toEqual([expect.objectContaining({ refType: 'CHILD_OF', spanID: call?.spanID })]);
    expect(Object.values(processes).map(({ serviceName }) => serviceName)).toEqual(['ticket-desk']);
  }
  // The gateway has thrown most of the others away.
  expect((await store.search('ticket-desk')).length).toBeLessThan(CALLS / 3 + CALLS / 3);
});

test('a span that a Jaeger gets twice, as after a restart, it shows once', async (context) => {
  if (jaeger.kind === 'missing') return context.skip(jaeger.why);
  const { agent, gateway, store } = await startAll(jaeger.path);
  const bad = traces([{ trace: 1, milliseconds: 5, attributes: { 'brownout.verdict': 'unusable' } }]);
  await send(agent, 'traces', bad);
  await send(agent, 'traces', bad);
  const sent = /^otelcol_exporter_sent_spans_total\{.*exporter="otlp_http\/traces".*\} 2$/m;
  await vi.waitFor(async () => expect(await gateway.metrics()).toMatch(sent), waiting);
  const found = await unusable(store, 'ticket-desk');
  expect(found.map(({ traceID, spans }) => [traceID, spans.length])).toEqual([[traceId(1), 1]]);
});
