import { expect, test } from 'vitest';
import type { DialectId, Question } from '../dialect.ts';
import { DIALECTS } from '../dialects.ts';

const PNG = 'iVBORw0KGgo=';

interface Case {
  readonly asks: Question | undefined;
  /** The same in every dialect that can say it. */
  readonly bodies: Partial<Record<DialectId, object>>;
}

const user = (content: unknown) => ({ role: 'user', content });
const USES = [{ type: 'tool_use', id: 't', name: 'f', input: {} }];
const result = (content: unknown) => ({ type: 'tool_result', tool_use_id: 't', content });

const CASES: Record<string, Case> = {
  'a question under instructions': {
    asks: { said: 'What is up?', instructions: 'Be brief.', toolResults: undefined },
    bodies: {
      'openai-chat': { messages: [{ role: 'developer', content: 'Be brief.' }, user('What is up?')] },
      'openai-responses': { instructions: 'Be brief.', input: 'What is up?' },
      'anthropic-messages': { system: [{ type: 'text', text: 'Be brief.' }], messages: [user('What is up?')] },
    },
  },
  'instructions at the beginning of the input': {
    asks: { said: 'What is up?', instructions: 'Be brief. Be kind.', toolResults: undefined },
    bodies: {
      'openai-responses': {
        instructions: 'Be brief.',
        input: [{ role: 'system', content: [{ type: 'input_text', text: 'Be kind.' }] }, user('What is up?')],
      },
    },
  },
  'the last question of a conversation': {
    asks: { said: 'And when?', instructions: undefined, toolResults: undefined },
    bodies: {
      'openai-chat': { messages: [user('Where?'), { role: 'assistant', content: 'Here.' }, user('And when?')] },
      'openai-responses': { input: [user('Where?'), { role: 'assistant', content: 'Here.' }, user('And when?')] },
      'anthropic-messages': { messages: [user('Where?'), { role: 'assistant', content: 'Here.' }, user('And when?')] },
    },
  },
  'the beginning of an answer that is to be gone on with': {
    asks: { said: 'Where?', instructions: undefined, toolResults: undefined },
    bodies: {
      'openai-chat': { messages: [user('Where?'), { role: 'assistant', content: 'It' }] },
      'anthropic-messages': { messages: [user('Where?'), { role: 'assistant', content: 'It' }] },
    },
  },
  'words about an image': {
    asks: { said: `Look: [${PNG.length} ${PNG}]`, instructions: undefined, toolResults: undefined },
    bodies: {
      'openai-chat': {
        messages: [
          user([
            { type: 'text', text: 'Look:' },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
          ]),
        ],
      },
      'openai-responses': {
        input: [
          user([
            { type: 'input_text', text: 'Look:' },
            { type: 'input_image', image_url: `data:image/png;base64,${PNG}` },
          ]),
        ],
      },
      'anthropic-messages': {
        messages: [
          user([
            { type: 'text', text: 'Look:' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
          ]),
        ],
      },
    },
  },
  'what tools have returned': {
    asks: { said: 'Rain?', instructions: undefined, toolResults: 'yes no' },
    bodies: {
      'openai-chat': {
        messages: [
          user('Rain?'),
          { role: 'assistant', tool_calls: [] },
          { role: 'tool', tool_call_id: 'a', content: 'yes' },
          { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: 'no' }] },
        ],
      },
      'openai-responses': {
        input: [
          user('Rain?'),
          { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' },
          { type: 'function_call_output', call_id: 'a', output: 'yes' },
          { type: 'custom_tool_call_output', call_id: 'b', output: 'no' },
        ],
      },
      'anthropic-messages': {
        messages: [
          user('Rain?'),
          { role: 'assistant', content: USES },
          user([result('yes'), result([{ type: 'text', text: 'no' }])]),
        ],
      },
    },
  },
  'results alone, of a conversation that the vendor keeps': {
    asks: { said: '', instructions: undefined, toolResults: 'yes' },
    bodies: { 'openai-responses': { input: [{ type: 'function_call_output', call_id: 'a', output: 'yes' }] } },
  },
  'results that the user has said something to': {
    asks: { said: 'And now?', instructions: undefined, toolResults: undefined },
    bodies: {
      'anthropic-messages': {
        messages: [
          user('Rain?'),
          { role: 'assistant', content: USES },
          user([result('yes'), { type: 'text', text: 'And now?' }]),
        ],
      },
    },
  },
  nothing: {
    asks: undefined,
    bodies: {
      'openai-chat': { messages: [{ role: 'system', content: 'only' }, user(' ')] },
      'openai-responses': { input: [] },
      'anthropic-messages': { messages: [] },
      'openai-embeddings': { input: [] },
    },
  },
};

const ROWS = Object.entries(CASES).flatMap(([title, { asks, bodies }]) =>
  Object.entries(bodies).map(([dialect, body]) => [title, dialect as DialectId, body, asks] as const),
);

test.each(ROWS)('%s, asked in %s', (_, dialect, body, asks) => {
  expect(DIALECTS[dialect].readQuestion(body)).toEqual(asks);
});

test('an image is not held for being recognised', () => {
  const url = `data:image/png;base64,${'A'.repeat(100_000)}`;
  const asked = DIALECTS['openai-chat'].readQuestion({ messages: [user([{ type: 'image_url', image_url: { url } }])] });
  expect(asked?.said.length).toBeLessThan(300);
});
