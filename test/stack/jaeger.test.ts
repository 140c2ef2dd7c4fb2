import { rmSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findProgram } from '../../tools/programs/find-program.ts';
import { OtlpSink } from '../support/otlp-sink.ts';
import { makeFolder, send, startAgent, startGateway, tracesAs } from './support/agent-and-gateway.ts';
import { type Jaeger, type JaegerSpan, startJaeger } from './support/jaeger.ts';
import { traceId, traces } from './support/otlp.ts';
import { runTicketDesk, UNUSABLE } from './support/ticket-desk.ts';

const waiting = { timeout: 60_000, interval: 500 };

const jaeger = await findProgram('jaeger', 'any');

/** An agent whose gateway sends its traces to a real Jaeger, as `TRACES_URL` alone has it do. */
async function startAll(path: string) {
  const folder = await makeFolder();
  const store = await startJaeger(path);
  const others = await OtlpSink.start();
  // As shipped: only the tests' own sink wants JSON.
  const gateway = await startGateway(folder, others, [], { TRACES_URL: store.url }, tracesAs('proto'));
  const agent = await startAgent(folder, gateway.grpc);
  onTestFinished(async () => {
    for (const one of [agent, gateway, others, store]) await one[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  return { agent, gateway, store };
}

const tagsOf = ({ tags }: JaegerSpan) => Object.fromEntries(tags.map(({ key, value }) => [key, value]));
const unusable = (store: Jaeger, service: string) => store.search(service, { 'brownout.verdict': 'unusable' });

test("a real application's bad calls are found in a real Jaeger by what is said of them, all of them", async (context) => {
  if (jaeger.kind === 'missing') return context.skip(jaeger.why);
  const { agent, store } = await startAll(jaeger.path);
  await runTicketDesk(agent.url, { OTEL_SERVICE_NAME: 'ticket-desk' });

  await vi.waitFor(async () => expect(await unusable(store, 'ticket-desk')).toHaveLength(UNUSABLE), waiting);
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
  expect((await store.search('ticket-desk')).length).toBeLessThan(UNUSABLE + UNUSABLE);
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
