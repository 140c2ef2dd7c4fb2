import { fileURLToPath } from 'node:url';
import { FAULT_NAMES, startSimulator } from '@brownout/simulator';
import type { FaultName, ParameterValues } from '@brownout/simulator';
import { describe, expect, test } from 'vitest';
import { runNode } from '../support/node-process.ts';
import { OtlpSink } from '../support/otlp-sink.ts';
import { PRELOAD } from '../support/untouched.ts';

const PROGRAM = fileURLToPath(new URL('../e2e/programs/content/every-call.cjs', import.meta.url));

/** Silences that are long by default, made short. */
const PARAMETERS: Partial<Readonly<Record<FaultName, ParameterValues>>> = {
  late_headers: { delayMs: 100 },
  late_body: { delayMs: 100 },
  late_first_chunk: { delayMs: 100 },
  slow_drip: { delayMs: 2 },
  stall_then_recover: { stallMs: 100 },
  stall: { closeAfterMs: 100 },
  pings_only: { everyMs: 20, closeAfterMs: 100 },
};

const prefixOf = (fault: FaultName): string =>
  `/~${fault}${Object.entries(PARAMETERS[fault] ?? {})
    .map(([name, value]) => `;${name}=${value}`)
    .join('')}`;

/** What `every-call.cjs` prints: the texts that it sent, and those that it got. */
interface Said {
  readonly calls: number;
  readonly planted: Readonly<Record<string, string>>;
  readonly received: readonly string[];
}

type Signal = 'traces' | 'metrics' | 'logs';

interface Exported {
  readonly said: Said;
  readonly bytes: Readonly<Record<Signal, string>>;
}

/** Makes every kind of call under the preload, with these faults, and collects every byte that was exported. */
async function callEverything(
  prefixes: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Exported> {
  await using sink = await OtlpSink.start();
  const simulator = await startSimulator({ seed: 5, timing: { instant: true } });
  try {
    const { stdout, stderr } = await runNode({
      command: ['--require', PRELOAD, PROGRAM],
      environment: {
        ...sink.environment,
        ...environment,
        SIMULATOR_URL: simulator.url,
        FAULTS: JSON.stringify(prefixes.map((prefix) => ({ prefix }))),
      },
      limit: 100_000,
    });
    expect(stderr).not.toContain('sentinel');
    const of = (signal: Signal): string =>
      sink.requests
        .filter(({ path }) => path.endsWith(`/v1/${signal}`))
        .map(({ body, headers }) => `${JSON.stringify(headers)}${body.toString('utf8')}`)
        .join('\n');
    return {
      said: JSON.parse(stdout) as Said,
      bytes: { traces: of('traces'), metrics: of('metrics'), logs: of('logs') },
    };
  } finally {
    await simulator.close();
  }
}

/** A stretch of words out of the middle of a text, long enough to stand nowhere else. */
const excerptOf = (text: string): string | undefined => /[a-z]+( [a-z]+){4,6}/i.exec(text.slice(10))?.[0];

describe('content stays home', () => {
  test('by default no prompt, no answer, no tool argument and no key is in any exported byte, whatever went wrong', async () => {
    const { said, bytes } = await callEverything(['', ...FAULT_NAMES.map(prefixOf)], {});
    const excerpts = new Set(said.received.map(excerptOf).filter((excerpt) => excerpt !== undefined));
    expect(excerpts.size).toBeGreaterThan(100);
    expect(bytes.traces.split('"brownout.verdict"').length).toBeGreaterThan(said.calls * 0.8);
    expect(bytes.metrics).toContain('brownout.calls');
    expect(bytes.logs).toContain('brownout.call.unusable');
    for (const [signal, text] of Object.entries(bytes)) {
      for (const secret of [...Object.values(said.planted), ...excerpts]) {
        expect(text.includes(secret), `"${secret}" in the exported ${signal}`).toBe(false);
      }
    }
  }, 120_000);

  test.each([
    { capture: 'NO_CONTENT', span: false, event: false },
    { capture: 'SPAN_ONLY', span: true, event: false },
    { capture: 'EVENT_ONLY', span: false, event: true },
    { capture: 'SPAN_AND_EVENT', span: true, event: true },
  ])(
    '$capture exports content where it says, and nowhere else',
    async ({ capture, span, event }) => {
      const { said, bytes } = await callEverything([''], {
        OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: capture,
      });
      const { apiKey = '', ...content } = said.planted;
      const [excerpt = ''] = said.received.map(excerptOf).filter((found) => found !== undefined);
      for (const text of [...Object.values(content), excerpt]) {
        expect({ text, span: bytes.traces.includes(text), event: bytes.logs.includes(text) }).toEqual({
          text,
          span,
          // The event that carries content is defined for inference, so that of embeddings is on spans only.
          event: event && text !== content['embedded'],
        });
        expect(bytes.metrics).not.toContain(text);
      }
      expect(Object.values(bytes).join('\n')).not.toContain(apiKey);
    },
    60_000,
  );
});
