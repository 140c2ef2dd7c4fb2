import { faultUrl, startSimulator } from '@brownout/simulator';
import type { FaultName, Simulator } from '@brownout/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCall } from '../support/model-calls.ts';
import type { Want } from '../support/model-calls.ts';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';

const TEXTS = { system: 'You answer briefly.', user: 'Where is my parcel?', tool: 'Finds a parcel' };

/** What every detector would find, if it were on. */
const FAULTS: readonly (readonly [FaultName, Want])[] = [
  ['repetition_loop', 'prose'],
  ['garbled_text', 'prose'],
  ['language_switch', 'prose'],
  ['broken_structured_output', 'structured_output'],
  ['schema_violation', 'structured_output'],
  ['invalid_tool_arguments', 'tools'],
  ['mismatched_tool_arguments', 'tools'],
];

let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  process.env['BROWNOUT_DETECTORS'] = 'none';
  telemetry = startTelemetry();
  delete process.env['BROWNOUT_DETECTORS'];
  simulator = await startSimulator({ timing: { instant: true } });
  for (const [fault, want] of FAULTS) {
    const settings = { apiKey: 'none', url: faultUrl(simulator.url, fault), maxRetries: 0 };
    await makeCall('openai', settings, {
      operation: 'chat',
      streamed: true,
      model: modelOf(fault),
      want,
      texts: TEXTS,
    });
  }
});

const modelOf = (fault: FaultName): string => `gpt-${fault}`;

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

test.each(FAULTS)('%s is not looked for where the detectors are switched off, and the call is usable', (fault) => {
  const judged = telemetry
    .spans()
    .filter(
      ({ attributes }) => attributes['gen_ai.request.model'] === modelOf(fault) && 'brownout.verdict' in attributes,
    );
  expect(judged.map(({ attributes }) => [attributes['brownout.reason'], attributes['brownout.anomalies']])).toEqual([
    ['ok', undefined],
  ]);
});
