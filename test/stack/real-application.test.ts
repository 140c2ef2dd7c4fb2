import { expect, test, vi } from 'vitest';
import { startAgentAndGateway } from './support/agent-and-gateway.ts';
import { runTicketDesk, UNUSABLE } from './support/ticket-desk.ts';

test('of an application that captures content, all bad calls come out of the gateway, and no secret', async () => {
  await using stack = await startAgentAndGateway();
  await runTicketDesk(stack.agent.url, { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_AND_EVENT' });

  const { destination } = stack;
  const calls = (verdict: string) =>
    destination.spans.filter(({ attributes }) =>
      attributes.some(({ key, value }) => key === 'brownout.verdict' && value.stringValue === verdict),
    );
  const unusableEvents = () => destination.logRecords.filter(({ eventName }) => eventName === 'brownout.call.unusable');
  await vi.waitFor(
    () => {
      expect(calls('unusable')).toHaveLength(UNUSABLE);
      expect(unusableEvents()).toHaveLength(UNUSABLE);
      expect(destination.metrics.map(({ name }) => name)).toContain('brownout.calls');
    },
    { timeout: 90_000, interval: 250 },
  );
  expect(calls('usable').length).toBeLessThan(UNUSABLE);

  const out = destination.requests.map(({ body }) => body.toString()).join('\n');
  expect(out).toContain('I am ****, my key is ****');
  expect(out).not.toMatch(/jane\.doe|abcdefghijklmnop/);
});
