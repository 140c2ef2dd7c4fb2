import { startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOpenai, makeCall } from '../support/model-calls.ts';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';
import { SDKS } from '../support/untouched.ts';
import { observe, underUseCase } from '../support/use-case.ts';

const TEXTS = { system: 'You answer briefly.', user: 'Where is my parcel?', tool: '' };

let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry();
  simulator = await startSimulator({ timing: { instant: true } });
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

test.each(SDKS)('a base URL that is none is a bad request, and %s says what it says without us', async (sdk) => {
  const useCase = `no URL for ${sdk}`;
  const operation = isOpenai(sdk) ? 'chat' : 'messages';
  const call = { operation, streamed: false, model: 'a-model', want: 'prose', texts: TEXTS } as const;
  await underUseCase(useCase, () =>
    expect(makeCall(sdk, { apiKey: 'sk-none', url: 'no url' }, call)).rejects.toThrow('Invalid URL'),
  );
  const { calls, attempts, callSpans } = await observe(telemetry, useCase);
  expect({ calls, attempts }).toEqual({ calls: ['unusable bad_request'], attempts: 0 });
  expect(callSpans.map(({ attributes }) => attributes['server.address'])).toEqual(['base-url.invalid']);
});

/** OpenAI's SDK refuses options of a single request only, not those of a client. */
const STRICT = SDKS.filter((sdk) => sdk.startsWith('@anthropic-ai/'));

test.each(STRICT)(
  'a call that %s refuses to send is a bad request of its use case, without any attempt',
  async (sdk) => {
    const useCase = `refused by ${sdk}`;
    const call = { operation: 'messages', streamed: false, model: 'a-model', want: 'prose', texts: TEXTS } as const;
    await underUseCase(useCase, () =>
      expect(makeCall(sdk, { apiKey: 'sk-none', url: simulator.url, timeout: -1 }, call)).rejects.toThrow('timeout'),
    );
    expect(await observe(telemetry, useCase)).toMatchObject({ calls: ['unusable bad_request'], attempts: 0 });
  },
);
