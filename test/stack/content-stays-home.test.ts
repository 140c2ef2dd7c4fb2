import { rmSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import {
  type AgentAndGateway,
  makeFolder,
  queuesIn,
  sendToGateway,
  startAgentAndGateway,
  startGateway,
} from './support/agent-and-gateway.ts';
import { logs, metrics, traces } from './support/otlp.ts';

/** What must not come out, by what it is. None of them is real. */
const SENTINELS = {
  'key of a model vendor': 'sk-ant-api03-Zm9vYmFyYmF6cXV4MTIzNDU2',
  'key of another one': 'sk-proj-abcdefghijklmnopqrstuvwx',
  'key of a cloud': 'AKIAIOSFODNN7EXAMPLE',
  'token of a code host': 'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
  'bearer token': 'Bearer dGhpc2lzYXNlY3JldHRva2Vu',
  'signed token': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
  'private key': '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nBAQEFAASCBKcwggSj\n-----END PRIVATE KEY-----',
  'password in a URL': 'https://admin:hunter2secret@db.internal/path',
  'password in JSON': '{"password": "correct-horse-battery"}',
  'mail address': 'jane.doe@example.com',
  'telephone number': '+49 30 1234567890',
  'social security number': '078-05-1120',
  'card number': '4111 1111 1111 1111',
  'account number': 'DE89370400440532013000',
} as const;

/** The part of each that alone would tell it. */
const TELLING: readonly string[] = [
  'Zm9vYmFyYmF6cXV4',
  'abcdefghijklmnop',
  'IOSFODNN7',
  'dGhpc2lzYXNlY3Jld',
  'eyJzdWIiOi',
  'MIIEvQIBADAN',
  'BAQEFAASCBKc',
  'hunter2secret',
  'correct-horse',
  'jane.doe',
  '1234567890',
  '078-05-1120',
  '4111 1111',
  'DE8937040044',
];

const PROMPT = `Hello, here is everything: ${Object.values(SENTINELS).join(' ; ')} ; thank you`;
const MESSAGES = [{ role: 'user', parts: [{ type: 'text', content: PROMPT }] }];

/** Sends them wherever text can stand. */
async function sendEverywhere(stack: Pick<AgentAndGateway, 'send'>): Promise<void> {
  const attributes = {
    'brownout.verdict': 'unusable',
    'gen_ai.input.messages': JSON.stringify(MESSAGES),
    'gen_ai.output.messages': MESSAGES,
    'gen_ai.request.stop_sequences': [PROMPT],
    'http.request.header.authorization': ['opaque-credential-one'],
    'user.id': 'opaque-person-two',
    'url.full': SENTINELS['password in a URL'],
  };
  const events = [{ name: `exception ${PROMPT}`, attributes: { 'exception.message': PROMPT, parts: MESSAGES } }];
  const span = { trace: 1, name: `chat ${PROMPT}`, attributes, events, error: PROMPT };
  await stack.send('traces', traces([span], { 'service.name': 'ticket-desk', 'process.command_args': [PROMPT] }));
  await stack.send('logs', logs(PROMPT, attributes, 'gen_ai.client.inference.operation.details'));
  await stack.send('logs', logs({ messages: MESSAGES, said: PROMPT }, attributes, `said ${PROMPT}`));
  await stack.send(
    'metrics',
    metrics('brownout.calls', { 'brownout.use_case': PROMPT, 'user.id': 'opaque-person-two' }),
  );
}

const leaksIn = (text: string): readonly string[] =>
  [...TELLING, 'opaque-credential-one', 'opaque-person-two'].filter((part) => text.includes(part));

test('the scan sees what is there', () => {
  expect(leaksIn(PROMPT)).toEqual(TELLING);
});

test('nothing secret or personal comes out of agent and gateway, and everything else does', async () => {
  await using stack = await startAgentAndGateway();
  await sendEverywhere(stack);
  await vi.waitFor(
    () =>
      expect([
        stack.destination.spans.length,
        stack.destination.logRecords.length,
        stack.destination.metrics.filter(({ name }) => name.startsWith('brownout.')).length,
      ]).toEqual([1, 2, 1]),
    { timeout: 60_000, interval: 250 },
  );
  const out = stack.destination.requests.map(({ body }) => body.toString()).join('\n');
  expect(leaksIn(out)).toEqual([]);
  expect(leaksIn(stack.agent.output() + stack.gateway.output() + (await stack.gateway.metrics()))).toEqual([]);

  // Around what was masked, the text and all that says what happened are still there.
  expect(stack.destination.spans[0]?.name).toMatch(/^chat Hello, here is everything: \*+/);
  expect(out).toContain('"message":"Hello, here is everything: **');
  expect(out).toContain('thank you');
  expect(out).toContain('gen_ai.client.inference.operation.details');
  expect(out).toContain('redaction.masked.count');
  expect(out).not.toContain('masking.');
  const brownout = stack.destination.metrics.find(({ name }) => name === 'brownout.calls');
  expect(brownout?.sum?.dataPoints[0]?.attributes.map(({ key }) => key).toSorted()).toEqual([
    'brownout.use_case',
    'user.id',
  ]);
});

test('says how much it has masked, once for each value: as a metric of the application', async () => {
  await using stack = await startAgentAndGateway();
  const masked = () =>
    stack.destination.metrics
      .filter(({ name }) => name === 'collector.masked_values')
      .flatMap(({ sum }) => sum?.dataPoints.map(({ asInt }) => Number(asInt)) ?? [])
      .at(-1);
  const attributes = { one: PROMPT, two: PROMPT, fine: 'thank you' };
  const event = { name: 'exception', attributes: { 'exception.message': PROMPT } };
  await stack.send('traces', traces([{ trace: 1, attributes, events: [event, event] }]));
  await vi.waitFor(() => expect(masked()).toBe(4), { timeout: 60_000, interval: 250 });
  await stack.send('logs', logs('fine', { one: PROMPT }));
  await vi.waitFor(() => expect(masked()).toBe(5), { timeout: 60_000, interval: 250 });
  expect(stack.destination.resources).toContainEqual({
    'service.name': 'ticket-desk',
    'service.instance.id': 'otel-gateway-0',
  });
});

test('nothing secret or personal waits on a disk while the destination is away', async () => {
  await using stack = await startAgentAndGateway({ status: 503 });
  await sendEverywhere(stack);
  // All of it is in the gateway's queue: it was tried, refused, and stays.
  await vi.waitFor(
    () =>
      expect(new Set(stack.destination.requests.map(({ path }) => path))).toEqual(
        new Set(['/v1/traces', '/v1/metrics', '/v1/logs']),
      ),
    { timeout: 60_000, interval: 250 },
  );
  const disk = stack.onDisk().toString('latin1');
  expect(disk).toContain('thank you');
  expect(leaksIn(disk)).toEqual([]);
});

test('the gateway masks by itself what an application sends past the agents', async () => {
  const folder = await makeFolder();
  await using destination = await OtlpSink.start({ status: 503 });
  await using gateway = await startGateway(folder, destination);
  await sendEverywhere({ send: (signal, payload) => sendToGateway(folder, gateway, signal, payload) });
  await vi.waitFor(() => expect(new Set(destination.requests.map(({ path }) => path)).size).toBe(3), {
    timeout: 60_000,
    interval: 250,
  });
  const disk = queuesIn(folder).toString('latin1');
  expect(disk).toContain('thank you');
  expect(leaksIn(disk + gateway.output() + destination.requests.map(({ body }) => body.toString()).join())).toEqual([]);
  rmSync(folder, { recursive: true });
});
