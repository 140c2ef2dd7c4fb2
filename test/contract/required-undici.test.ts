import { createRequire } from 'node:module';
import { startSimulator } from '@brownout/simulator';
import { expect, test, vi } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';

const require = createRequire(import.meta.url);

// Its package names no type, so Node does not tell what kind of module it is; `custom-fetch.test.ts` imports it.
test("undici's fetch is a call that is inferred where the package is required, too", async () => {
  const telemetry = startTelemetry();
  const simulator = await startSimulator({ timing: { instant: true } });
  const undici = require('undici') as { readonly fetch: typeof fetch };
  const response = await undici.fetch(`${simulator.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-5', messages: [{ role: 'user', content: 'Where is my order?' }] }),
  });
  await response.json();
  await vi.waitFor(() => expect(telemetry.spans().map(({ name }) => name)).toEqual(['POST', 'chat gpt-5']));
  await simulator.close();
  await telemetry.shutdown();
});
