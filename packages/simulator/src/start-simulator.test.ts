import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { refusedUrl } from './faults/refused-url.ts';
import { faultUrl } from './faults/fault-url.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from './start-simulator.ts';
import { anthropicAt, openaiAt } from './testing/clients.ts';
import { observe } from './testing/observe.ts';

const QUESTION = { model: 'gpt-5', messages: [{ role: 'user' as const, content: 'Where is my parcel?' }] };

describe('the simulator', () => {
  let simulator: Simulator;
  const start = async (options: SimulatorOptions = {}) => {
    simulator = await startSimulator({ timing: { instant: true }, ...options });
    return simulator;
  };
  afterEach(() => simulator.close());

  it('keeps a log of what was asked and what was done to it, and clears it', async () => {
    await start();
    await openaiAt(faultUrl(simulator.url, 'refusal')).chat.completions.create(QUESTION);
    expect(simulator.requests).toEqual([
      expect.objectContaining({
        provider: 'openai',
        dialect: 'openai-chat',
        method: 'POST',
        path: '/v1/chat/completions',
        prefix: 'refusal',
        body: QUESTION,
        model: 'gpt-5',
        streamed: false,
        fault: 'refusal',
        status: 200,
        aborted: false,
        finished: true,
      }),
    ]);
    simulator.reset();
    expect(simulator.requests).toEqual([]);
  });

  it('fails the first requests and heals, for each prefix and model by itself', async () => {
    await start();
    const failing = (id: string) => faultUrl(simulator.url, 'internal_server_error', { times: 2, id });
    await expect(openaiAt(failing('a'), 1).chat.completions.create(QUESTION)).rejects.toMatchObject({ status: 500 });
    await expect(openaiAt(failing('b'), 2).chat.completions.create(QUESTION)).resolves.toBeDefined();
    await expect(openaiAt(failing('b')).chat.completions.create({ ...QUESTION, model: 'o3' })).rejects.toThrow('500');
    expect(simulator.requests.map(({ status }) => status)).toEqual([500, 500, 500, 500, 200, 500]);
  });

  it('plays faults for one model, one key, one provider or streams only', async () => {
    await start({
      faults: [
        { fault: 'overloaded', models: ['gpt-4o'] },
        { fault: 'unauthorized', keys: ['sk-ant-test'] },
        { fault: 'not_found', providers: ['openai'], streamed: true },
      ],
    });
    const status = async (call: Promise<unknown>) => {
      await call.catch(() => null);
      return simulator.requests.at(-1)?.status;
    };
    const { completions } = openaiAt(simulator.url).chat;
    expect(await status(completions.create(QUESTION))).toBe(200);
    expect(await status(completions.create({ ...QUESTION, model: 'gpt-4o' }))).toBe(529);
    expect(await status(completions.create({ ...QUESTION, stream: true }))).toBe(404);
    const ask = { ...QUESTION, model: 'claude-haiku-5-5', max_tokens: 50 };
    expect(await status(anthropicAt(simulator.url).messages.create(ask))).toBe(401);
    simulator.setFaults([]);
    expect(await status(anthropicAt(simulator.url).messages.create(ask))).toBe(200);
  });

  it('hits the same requests of a partial outage in every run with the same seed', async () => {
    const run = async (seed: number) => {
      await start({ seed, faults: [{ fault: 'service_unavailable', share: 0.4 }] });
      for (let count = 0; count < 60; count += 1) await observe(simulator, { dialect: 'openai-chat', streamed: false });
      const statuses = simulator.requests.map(({ status }) => status);
      await simulator.close();
      return statuses;
    };
    const first = await run(7);
    const hit = first.filter((status) => status === 503).length;
    expect(hit).toBeGreaterThan(12);
    expect(hit).toBeLessThan(36);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  it('gives the same bytes for the same seed and order of requests', async () => {
    const clock = { now: () => 1_800_000_000_000, sleep: () => Promise.resolve() };
    const run = async (seed: number) => {
      await start({ seed, clock });
      const seen = await observe(simulator, { dialect: 'anthropic-messages', streamed: true });
      await simulator.close();
      return seen.text;
    };
    const first = await run(3);
    expect(await run(3)).toBe(first);
    expect(await run(4)).not.toBe(first);
  });

  it('takes the time of a real model unless it is told to be instant', async () => {
    const waits: number[] = [];
    const clock = {
      now: () => 1_800_000_000_000,
      sleep: (milliseconds: number) => {
        waits.push(milliseconds);
        return Promise.resolve();
      },
    };
    await start({ clock, timing: { instant: false, firstTokenMs: 400, tokensPerSecond: 50, jitter: 0.5 } });
    await observe(simulator, { dialect: 'openai-chat', streamed: true });
    const [beforeHead = 0, beforeFirst = 0, ...between] = waits;
    expect(beforeHead + beforeFirst).toBeGreaterThan(200);
    expect(beforeHead + beforeFirst).toBeLessThan(600);
    const mean = between.reduce((sum, wait) => sum + wait, 0) / between.length;
    expect(mean).toBeGreaterThan(16);
    expect(mean).toBeLessThan(24);
    expect(new Set(between).size).toBeGreaterThan(10);
  });

  it('notices a client that leaves in the middle of a stream, and one that reads to the end', async () => {
    await start();
    const leaving = await openaiAt(faultUrl(simulator.url, 'stall', { afterChunks: 2 })).chat.completions.create({
      ...QUESTION,
      stream: true,
    });
    for await (const chunk of leaving) if (chunk.choices[0]?.delta.content) break;
    await simulator.idle();
    expect(simulator.requests[0]).toMatchObject({ aborted: true, finished: true });
    const staying = await openaiAt(simulator.url).chat.completions.create({ ...QUESTION, stream: true });
    for await (const chunk of staying) void chunk;
    await simulator.idle();
    expect(simulator.requests[1]).toMatchObject({ aborted: false, finished: true });
  });

  it('does not take its own cuts for a client that leaves', async () => {
    await start();
    for (const fault of ['connection_reset', 'connection_refused', 'cut_with_error'] as const) {
      await observe(simulator, { dialect: 'openai-chat', streamed: true, fault });
    }
    await simulator.idle();
    expect(simulator.requests.map(({ aborted }) => aborted)).toEqual([false, false, false]);
  });

  it('closes at once with clients hanging, and leaves no timer and no socket behind', async () => {
    const before = process.getActiveResourcesInfo();
    await start();
    const hanging = [
      observe(simulator, { dialect: 'openai-chat', streamed: true, fault: 'stall' }),
      observe(simulator, { dialect: 'openai-chat', streamed: true, fault: 'pings_only' }),
      observe(simulator, { dialect: 'openai-chat', streamed: false, fault: 'no_headers' }),
      observe(simulator, { dialect: 'openai-chat', streamed: false, fault: 'late_headers' }),
    ];
    while (simulator.requests.length < hanging.length) await pause(5);
    const began = performance.now();
    await simulator.close();
    expect(performance.now() - began).toBeLessThan(500);
    const seen = await Promise.all(hanging);
    expect(seen.map(({ failure }) => failure)).not.toContain(null);
    // Sockets and timers of the closed server are gone; what the test runner itself holds may change either way.
    const held = (resources: string[], name: string) => resources.filter((resource) => resource === name).length;
    const after = process.getActiveResourcesInfo();
    expect(held(after, 'TCPServerWrap')).toBe(held(before, 'TCPServerWrap'));
    await expect(fetch(simulator.url)).rejects.toThrow('fetch failed');
  });

  it('says what is wrong with a fault that does not exist, to the program and to the client', async () => {
    await start();
    // @ts-expect-error a name that is not in the catalogue
    expect(() => simulator.setFaults([{ fault: 'gremlins' }])).toThrow(/unknown fault "gremlins"; the faults are /);
    expect(() => simulator.setFaults([{ fault: 'stall', parameters: { afterChunks: 1.5 } }])).toThrow(
      'fault "stall": parameter "afterChunks" must be a whole number from 0 up, not "1.5"',
    );
    await expect(openaiAt(`${simulator.url}/~gremlins`).chat.completions.create(QUESTION)).rejects.toThrow(
      /unknown fault "gremlins"/,
    );
  });

  it('plays nothing where a fault cannot exist', async () => {
    await start();
    await openaiAt(faultUrl(simulator.url, 'json_for_sse')).chat.completions.create(QUESTION);
    await openaiAt(faultUrl(simulator.url, 'invalid_tool_arguments')).chat.completions.create(QUESTION);
    await openaiAt(faultUrl(simulator.url, 'refusal')).embeddings.create({
      model: 'text-embedding-3-small',
      input: 'a',
    });
    expect(simulator.requests.map(({ fault }) => fault)).toEqual([null, null, null]);
  });

  it('offers a port that really refuses', async () => {
    await start();
    await expect(fetch(await refusedUrl())).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });
});
