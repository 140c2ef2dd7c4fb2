/**
 * What the steps of watching cost each on their own, without any code of ours: what nobody can go below who does them. Prints,
 * as JSON, rounds of processor time in microseconds for every step.
 */
import { createRequire } from 'node:module';
import { SeverityNumber, SpanKind, context, logs, metrics, trace } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { streamedAnswer } from './prepared-answers.ts';
import { startTelemetry } from './start-telemetry.ts';
import type { FloorStep } from './measure-floor.ts';

/** As far as it is used here. */
interface EventSourceParser {
  readonly createParser: (callbacks: { readonly onEvent: () => void }) => { readonly feed: (text: string) => void };
}

// The parser that the dialects use, from where they find it.
const { createParser } = createRequire(new URL('../../packages/dialects/package.json', import.meta.url))(
  'eventsource-parser',
) as EventSourceParser;

startTelemetry('sdk');

const [, chunk = new Uint8Array()] = streamedAnswer(1);
const text = new TextDecoder().decode(chunk);
const data = text.slice('data: '.length).trim();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
let events = 0;
const parser = createParser({ onEvent: () => void (events += 1) });

const meter = metrics.getMeter('floor');
const perChunk = meter.createHistogram('chunk', { unit: 's' });
const perCall = Array.from({ length: 8 }, (_, index) => meter.createHistogram(`call-${index}`, { unit: 's' }));
const CHUNK_ATTRIBUTES = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5',
};
const CALL_ATTRIBUTES = {
  ...CHUNK_ATTRIBUTES,
  'gen_ai.response.model': 'gpt-5-2026-08-07',
  'openai.response.service_tier': 'default',
  'server.address': 'api.openai.com',
  'server.port': 443,
};

const tracer = trace.getTracer('floor');
const logger = logs.getLogger('floor');
const some = (count: number): Attributes =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`floor.attribute.${index}`, `value ${index}`]));
const [FIVE, SIX, TWENTY, TWENTY_FIVE] = [some(5), some(6), some(20), some(25)];

function twoSpans(): void {
  const call = tracer.startSpan('chat gpt-5', { kind: SpanKind.CLIENT, attributes: FIVE });
  const attempt = tracer.startSpan(
    'POST',
    { kind: SpanKind.CLIENT, attributes: SIX },
    trace.setSpan(context.active(), call),
  );
  attempt.end();
  call.setAttributes(TWENTY);
  call.end();
}

const value = Promise.resolve(chunk);
const same = (bytes: Uint8Array): Uint8Array => bytes;

/** What one unit of a step does; `bare` is what of it does not count. */
const STEPS: Readonly<Record<FloorStep, { run: () => unknown; bare?: () => unknown }>> = {
  reaction: { run: () => value.then(same), bare: () => value },
  decode: { run: () => decoder.decode(chunk) },
  frame: { run: () => parser.feed(text) },
  parse: { run: () => JSON.parse(data) as unknown },
  measurement: { run: () => perChunk.record(0.02, CHUNK_ATTRIBUTES) },
  measurements: { run: () => perCall.forEach((histogram) => histogram.record(0.5, CALL_ATTRIBUTES)) },
  spans: { run: twoSpans },
  log: { run: () => logger.emit({ eventName: 'floor', severityNumber: SeverityNumber.INFO, attributes: TWENTY_FIVE }) },
};

const ROUNDS = 25;
const WARM_UP = 5;
const RUNS = 4_000;

async function microseconds(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let index = 0; index < RUNS; index += 1) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / RUNS;
}

const rounds: Record<string, number[]> = {};
const nothing = (): unknown => undefined;
for (const [step, { run, bare = nothing }] of Object.entries(STEPS)) {
  const measured: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    // Both in turn: awaiting is a part of each, and so is what else the machine does.
    const difference = (await microseconds(run)) - (await microseconds(bare));
    if (round >= 0) measured.push(difference);
  }
  rounds[step] = measured;
}
if (events === 0) throw new Error('the parser saw no event');
process.stdout.write(`${JSON.stringify(rounds)}\n`, () => process.exit(0));
