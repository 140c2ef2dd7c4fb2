import type { AnswerEvent } from '@brownout/core';
import { expect, test } from 'vitest';
import { DIALECTS } from './dialects.ts';

const IMAGE: AnswerEvent = { type: 'output', kind: 'media', choice: 0, text: '' };

function eventsOf(read: (emit: (event: AnswerEvent) => void) => void): readonly AnswerEvent[] {
  const events: AnswerEvent[] = [];
  read((event) => events.push(event));
  return events;
}

/** https://platform.openai.com/docs/guides/tools-image-generation */
test("an image of OpenAI's own tool is output, whole and streamed", () => {
  const item = { id: 'ig_1', type: 'image_generation_call', status: 'completed', result: 'aGVsbG8=' };
  const body = { id: 'resp_1', model: 'gpt-5', status: 'completed', output: [item] };
  expect(eventsOf((emit) => DIALECTS['openai-responses'].readResponse(body, emit))).toContainEqual(IMAGE);

  const event = { type: 'response.image_generation_call.completed', item_id: 'ig_1', output_index: 0 };
  const bytes = Buffer.from(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  expect(eventsOf((emit) => DIALECTS['openai-responses'].createStreamReader().read(bytes, emit))).toEqual([IMAGE]);
});

/** https://openrouter.ai/docs/features/multimodal/image-generation */
test('an image in a chat message is output', () => {
  const message = { role: 'assistant', content: '', images: [{ type: 'image_url', image_url: { url: 'data:,' } }] };
  const body = { id: 'gen_1', model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }] };
  expect(eventsOf((emit) => DIALECTS['openai-chat'].readResponse(body, emit))).toContainEqual(IMAGE);
});
