import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../start-simulator.ts';
import { DIALECTS, observe, type Observation, type TestDialect } from '../testing/observe.ts';
import { STRUCTURED, TOOLS } from '../testing/wanted.ts';
import { FAULT_NAMES, FAULTS, type FaultName } from './catalogue.ts';
import type { FaultDefinition, ParameterValues } from './fault.ts';

interface Mode {
  readonly dialect: TestDialect;
  readonly streamed: boolean;
}

interface Proof {
  readonly parameters?: ParameterValues;
  readonly giveUpAfterMs?: number;
  /** What must be seen on the wire. */
  check(seen: Observation, mode: Mode): void;
}

const DELAY = 120;

const isHealthyEnd = (seen: Observation) => {
  expect(seen).toMatchObject({ status: 200, failure: null });
  expect(seen.answer).toMatchObject({ terminal: true, error: null, malformedEvents: 0 });
};
const gaps = (seen: Observation) =>
  seen.answer.outputAt.slice(1).map((at, index) => at - (seen.answer.outputAt[index] ?? 0));
const isStatus = (status: number, body: RegExp): Proof => ({
  check: (seen) => {
    expect(seen.status).toBe(status);
    expect(seen.text).toMatch(body);
  },
});
const inBand = (openai: RegExp, anthropic: string): Proof => ({
  parameters: { afterChunks: 2 },
  check: (seen, { dialect, streamed }) => {
    expect(seen).toMatchObject({ status: 200, failure: null });
    expect(seen.answer).toMatchObject({ terminal: false });
    expect(seen.answer.outputAt.length).toBe(streamed ? 2 : 0);
    if (dialect === 'anthropic-messages') expect(seen.answer.error).toMatchObject({ type: anthropic });
    else expect(JSON.stringify(seen.answer.error)).toMatch(openai);
  },
});

const PROOFS = {
  connection_refused: { check: (seen) => expect(seen).toMatchObject({ status: null, failure: 'UND_ERR_SOCKET' }) },
  connection_reset: { check: (seen) => expect(seen).toMatchObject({ status: null, failure: 'ECONNRESET' }) },
  no_headers: {
    giveUpAfterMs: DELAY,
    check: (seen) => expect(seen).toMatchObject({ status: null, failure: 'TimeoutError' }),
  },
  late_headers: {
    parameters: { delayMs: DELAY },
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.headersAfterMs).toBeGreaterThan(DELAY - 5);
    },
  },
  late_body: {
    parameters: { delayMs: DELAY },
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.endedAfterMs - seen.headersAfterMs).toBeGreaterThan(DELAY - 5);
    },
  },
  late_first_chunk: {
    parameters: { delayMs: DELAY },
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.events[0]?.at).toBeLessThan(seen.answer.outputAt[0] ?? 0);
      expect((seen.answer.outputAt[0] ?? 0) - seen.headersAfterMs).toBeGreaterThan(DELAY - 5);
    },
  },
  slow_drip: {
    parameters: { delayMs: 12 },
    check: (seen) => {
      isHealthyEnd(seen);
      const spoken = (seen.answer.outputAt.at(-1) ?? 0) - (seen.answer.outputAt[0] ?? 0);
      expect(spoken).toBeGreaterThan(gaps(seen).length * 11);
    },
  },
  stall_then_recover: {
    parameters: { afterChunks: 3, stallMs: DELAY },
    check: (seen) => {
      isHealthyEnd(seen);
      expect(gaps(seen)[2]).toBeGreaterThan(DELAY - 5);
    },
  },
  stall: {
    parameters: { afterChunks: 3, closeAfterMs: DELAY },
    check: (seen) => {
      expect(seen).toMatchObject({ status: 200, failure: 'UND_ERR_SOCKET' });
      expect(seen.answer.outputAt).toHaveLength(3);
      expect(seen.endedAfterMs - (seen.answer.outputAt[2] ?? 0)).toBeGreaterThan(DELAY - 5);
    },
  },
  pings_only: {
    parameters: { everyMs: 20, closeAfterMs: DELAY },
    check: (seen, { dialect }) => {
      expect(seen).toMatchObject({ status: 200, failure: 'UND_ERR_SOCKET' });
      expect(seen.answer.outputAt).toHaveLength(0);
      const pings = seen.events.filter(({ event }) => event === 'ping').length;
      expect(dialect === 'anthropic-messages' ? pings : seen.comments).toBeGreaterThan(4);
    },
  },
  cut_with_error: {
    parameters: { afterChunks: 3 },
    check: (seen, { streamed }) => {
      expect(seen).toMatchObject({ status: 200, failure: 'ECONNRESET' });
      expect(seen.answer.terminal).toBe(false);
      if (streamed) expect(seen.answer.outputAt).toHaveLength(3);
      else expect(seen.text.length).toBeGreaterThan(50);
    },
  },
  cut_clean: {
    parameters: { afterChunks: 3 },
    check: (seen) => {
      expect(seen).toMatchObject({ status: 200, failure: null });
      expect(seen.answer).toMatchObject({ terminal: false, finish: null, malformedEvents: 0 });
      expect(seen.answer.outputAt).toHaveLength(3);
    },
  },
  missing_terminal: {
    check: (seen, { dialect }) => {
      expect(seen).toMatchObject({ status: 200, failure: null });
      expect(seen.answer.terminal).toBe(false);
      expect(seen.answer.text).toMatch(/\.$/);
      // The Responses API says how an answer finished in its terminal event only.
      if (dialect !== 'openai-responses') expect(seen.answer.finish).toMatch(/stop|end_turn/);
    },
  },
  in_band_server_error: inBand(/server_error/, 'api_error'),
  in_band_overloaded: inBand(/server_is_overloaded/, 'overloaded_error'),
  in_band_rate_limit: inBand(/rate_limit_exceeded/, 'rate_limit_error'),
  malformed_sse: {
    check: (seen) => {
      expect(seen).toMatchObject({ status: 200, failure: null });
      expect(seen.answer).toMatchObject({ terminal: true, malformedEvents: 1 });
    },
  },
  truncated_json: {
    check: (seen) => {
      expect(seen).toMatchObject({ status: 200, failure: null });
      expect(seen.text).toMatch(/^\{"/);
      expect(() => JSON.parse(seen.text)).toThrow(SyntaxError);
    },
  },
  html_200: {
    check: (seen) => {
      expect(seen).toMatchObject({ status: 200, failure: null });
      expect(seen.headers.get('content-type')).toMatch('text/html');
      expect(seen.text).toMatch(/^<!DOCTYPE html>/);
    },
  },
  json_for_sse: {
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.headers.get('content-type')).toBe('application/json');
      expect(seen.events).toHaveLength(0);
      expect(seen.answer.text).not.toBe('');
    },
  },
  empty_200: { check: (seen) => expect(seen).toMatchObject({ status: 200, failure: null, text: '' }) },
  empty_completion: {
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.answer).toMatchObject({ text: '', refusal: '', toolArguments: '' });
      expect(seen.answer.finish).toMatch(/stop|completed|end_turn/);
    },
  },
  length_stop: {
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.answer.finish).toMatch(/^(length|max_output_tokens|max_tokens)$/);
      expect(seen.answer.text).not.toMatch(/\.$/);
    },
  },
  refusal: {
    check: (seen, { dialect }) => {
      isHealthyEnd(seen);
      expect(seen.answer.text).toBe('');
      if (dialect === 'anthropic-messages') expect(seen.answer.finish).toBe('refusal');
      else expect(seen.answer.refusal).toMatch(/can't help/);
    },
  },
  content_filter: {
    check: (seen, { dialect }) => {
      isHealthyEnd(seen);
      expect(seen.answer.text).not.toBe('');
      expect(seen.answer.finish).toBe(dialect === 'anthropic-messages' ? 'refusal' : 'content_filter');
    },
  },
  invalid_tool_arguments: {
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.answer.toolArguments).toMatch(/^\{/);
      expect(() => JSON.parse(seen.answer.toolArguments)).toThrow(SyntaxError);
    },
  },
  broken_structured_output: {
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.answer.finish).toMatch(/stop|completed|end_turn/);
      expect(() => JSON.parse(seen.answer.text)).toThrow(SyntaxError);
    },
  },
  repetition_loop: {
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.answer.text.match(/Please hold on while I check/g)).toHaveLength(12);
    },
  },
  schema_violation: {
    check: (seen) => {
      isHealthyEnd(seen);
      expect(Object.keys(JSON.parse(seen.answer.text) as object)).toEqual(['urgent']);
    },
  },
  mismatched_tool_arguments: {
    parameters: { form: 'extra' },
    check: (seen) => {
      isHealthyEnd(seen);
      expect(Object.keys(JSON.parse(seen.answer.toolArguments) as object)).toEqual(['city', 'urgent', 'unasked']);
    },
  },
  language_switch: {
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.answer.text.match(/\p{Script=Han}/gu)?.length).toBeGreaterThan(50);
    },
  },
  overlong_answer: {
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.answer.text.length).toBeGreaterThan(8 * 200);
    },
  },
  garbled_text: {
    check: (seen) => {
      isHealthyEnd(seen);
      const garbled = seen.answer.text.match(/\uFFFD/g)?.length ?? 0;
      expect(garbled / seen.answer.text.length).toBeGreaterThan(0.05);
    },
  },
  substituted_model: {
    check: (seen, { dialect }) => {
      isHealthyEnd(seen);
      expect(seen.answer.model).toMatch(dialect === 'anthropic-messages' ? /haiku/ : /^gpt-4o-mini/);
    },
  },
  implausible_usage: {
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.answer.text.length).toBeGreaterThan(600);
      expect(Object.values(seen.answer.usage ?? {})).toContain(1);
    },
  },
  missing_usage: {
    check: (seen) => {
      isHealthyEnd(seen);
      expect(seen.answer.usage ?? {}).toEqual({});
    },
  },
  rate_limited: {
    check: (seen, mode) => {
      isStatus(429, /rate_limit/).check(seen, mode);
      expect(seen.headers.get('retry-after')).toBeNull();
      expect(remainingRequests(seen)).toBe('0');
    },
  },
  rate_limited_short_wait: {
    check: (seen, mode) => {
      isStatus(429, /rate_limit/).check(seen, mode);
      expect(seen.headers.get('retry-after')).toBe('1');
    },
  },
  rate_limited_long_wait: {
    check: (seen, mode) => {
      isStatus(429, /rate_limit/).check(seen, mode);
      expect(seen.headers.get('retry-after')).toBe('90');
    },
  },
  insufficient_quota: {
    check: (seen, { dialect }) => {
      expect(seen.status).toBe(dialect === 'anthropic-messages' ? 400 : 429);
      expect(seen.text).toMatch(/"insufficient_quota"|credit balance is too low/);
    },
  },
  unauthorized: isStatus(401, /invalid_api_key|authentication_error/),
  forbidden: isStatus(403, /request_forbidden|permission_error/),
  bad_request: isStatus(400, /invalid_request_error/),
  not_found: isStatus(404, /model_not_found|not_found_error/),
  internal_server_error: isStatus(500, /server_error|api_error/),
  bad_gateway: isStatus(502, /<title>.*502/),
  service_unavailable: isStatus(503, /service_unavailable_error|api_error/),
  overloaded: isStatus(529, /server_is_overloaded|overloaded_error/),
} as const satisfies Record<FaultName, Proof>;

function remainingRequests(seen: Observation): string | null {
  return (
    seen.headers.get('x-ratelimit-remaining-requests') ?? seen.headers.get('anthropic-ratelimit-requests-remaining')
  );
}

function modesOf(fault: FaultDefinition): Mode[] {
  return DIALECTS.flatMap((dialect) => [true, false].map((streamed) => ({ dialect, streamed }))).filter(
    ({ dialect, streamed }) =>
      fault.appliesTo !== (streamed ? 'whole' : 'streamed') &&
      !(
        fault.except?.provider === 'anthropic' &&
        dialect === 'anthropic-messages' &&
        fault.except.streamed === streamed
      ),
  );
}

function extraOf(fault: FaultDefinition, dialect: TestDialect): Record<string, unknown> {
  if (fault.requires === 'tools') return TOOLS[dialect];
  return fault.requires === 'structured_output' ? STRUCTURED[dialect] : {};
}

describe('every fault of the catalogue', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ timing: { instant: true } });
  });
  afterAll(() => simulator.close());

  for (const fault of FAULT_NAMES) {
    for (const mode of modesOf(FAULTS[fault])) {
      it(
        `${fault} is seen by a ${mode.streamed ? 'streaming' : 'waiting'} client of ${mode.dialect}`,
        { retry: 2 },
        async () => {
          const proof: Proof = PROOFS[fault];
          const seen = await observe(simulator, {
            ...mode,
            fault,
            extra: extraOf(FAULTS[fault], mode.dialect),
            ...(proof.parameters === undefined ? {} : { parameters: proof.parameters }),
            ...(proof.giveUpAfterMs === undefined ? {} : { giveUpAfterMs: proof.giveUpAfterMs }),
          });
          proof.check(seen, mode);
          expect(simulator.requests.at(-1)).toMatchObject({ fault, dialect: mode.dialect, status: seen.status });
        },
      );
    }
  }
});
