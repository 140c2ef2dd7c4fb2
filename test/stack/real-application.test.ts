import { faultUrl, startSimulator } from '@brownout/simulator';
import { expect, test, vi } from 'vitest';
import { runProgram } from '../support/run-program.ts';
import { startAgentAndGateway } from './support/agent-and-gateway.ts';

const CALLS = 90;

test('of an application that captures content, all bad calls come out of the gateway, and no secret', async () => {
  await using stack = await startAgentAndGateway();
  const simulator = await startSimulator({ timing: { instant: true } });
  const outcome = await runProgram({
    file: 'content/secret-prompts.cjs',
    beside: 'workspace packages',
    loading: 'require',
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: stack.agent.url,
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_AND_EVENT',
      MODEL_URL: simulator.url,
      BROKEN_MODEL_URL: faultUrl(simulator.url, 'overloaded'),
      CALLS: String(CALLS),
    },
  });
  await simulator.close();
  expect(outcome).toMatchObject({ code: 0, stderr: '' });

  const { destination } = stack;
  const calls = (verdict: string) =>
    destination.spans.filter(({ attributes }) =>
      attributes.some(({ key, value }) => key === 'brownout.verdict' && value.stringValue === verdict),
    );
  const unusableEvents = () => destination.logRecords.filter(({ eventName }) => eventName === 'brownout.call.unusable');
  await vi.waitFor(
    () => {
      expect(calls('unusable')).toHaveLength(CALLS / 3);
      expect(unusableEvents()).toHaveLength(CALLS / 3);
      expect(destination.metrics.map(({ name }) => name)).toContain('brownout.calls');
    },
    { timeout: 90_000, interval: 250 },
  );
  expect(calls('usable').length).toBeLessThan(CALLS / 3);

  const out = destination.requests.map(({ body }) => body.toString()).join('\n');
  expect(out).toContain('I am ****, my key is ****');
  expect(out).not.toMatch(/jane\.doe|abcdefghijklmnop/);
});
