import { scriptSet } from '@brownout/core';
import type { Script } from '@brownout/core';
import { describe, expect, test } from 'vitest';
import { scriptsNamedIn } from './language-names.ts';
import { readScripts, SCRIPT_READING } from './read-scripts.ts';

const chat = (...contents: readonly unknown[]) => ({
  model: 'gpt-5',
  messages: contents.map((content) => ({ role: 'user', content })),
});

describe('the scripts that a request contains', () => {
  test.each<[string, unknown, readonly Script[]]>([
    ['English', chat('Where is my parcel?'), []],
    ['chat messages', chat('Where is my parcel?', 'Где моя посылка?'), ['cyrillic']],
    ['parts of a message', chat([{ type: 'text', text: '你好' }]), ['han']],
    ['instructions and input', { instructions: 'Be brief.', input: 'こんにちは、世界' }, ['kana', 'han']],
    [
      'system and blocks',
      { system: 'שלום', messages: [{ content: [{ type: 'text', text: '안녕' }] }] },
      ['hebrew', 'hangul'],
    ],
    ['a tool and its result', { tools: [{ description: 'ค้นหา' }], input: [{ output: 'Αθήνα' }] }, ['thai', 'greek']],
    ['one letter in a long text', chat(`${'word '.repeat(10_000)}я`), ['cyrillic']],
  ])('%s', (_, body, scripts) => {
    expect(readScripts(body)).toBe(scriptSet(scripts));
  });
});

describe('the scripts that a request asks for', () => {
  test.each<[string, readonly Script[]]>([
    ['Answer in Japanese, please.', ['kana', 'han']],
    ['Wie sagt man das auf Russisch?', ['cyrillic']],
    ['Réponds en chinois.', ['han']],
    ['Responda em coreano.', ['hangul', 'han']],
    ['Explain the Greek alphabet of Thai', []],
    ['Write a haiku about the sea', []],
    ['Who was Ada Lovelace?', []],
  ])('%s', (text, scripts) => {
    expect(scriptsNamedIn(text)).toBe(text.includes('alphabet') ? -1 : scriptSet(scripts));
  });

  test.each([
    'Translate this.',
    'Übersetze das.',
    'Traduis ceci.',
    'Traduce esto.',
    'Переведите это.',
    '把它翻译成日文',
    'locale: ja-JP',
  ])('anything may be asked for where it says: %s', (text) => {
    expect(scriptsNamedIn(text)).toBe(-1);
  });

  test('in the first message and in the last ones, at either end of a long text', () => {
    const filler = 'word '.repeat(2_000);
    expect(readScripts(chat(`Answer in Thai. ${filler}`, ...Array.from({ length: 50 }, () => filler)))).toBe(
      scriptSet(['thai']),
    );
    expect(readScripts(chat(...Array.from({ length: 50 }, () => filler), `${filler} Answer in Thai.`))).toBe(
      scriptSet(['thai']),
    );
    expect(readScripts(chat(`${filler} Answer in Thai. ${filler}`))).toBe(0);
  });
});

describe('what the model is shown beside the request may be in any script', () => {
  test.each<[string, unknown]>([
    ['no body', undefined],
    ['a picture', chat([{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }])],
    ['a picture of the responses API', { input: [{ content: [{ type: 'input_image', image_url: 'a' }] }] }],
    ['a sound', chat([{ type: 'input_audio', input_audio: { data: 'a' } }])],
    ['a file', { input: [{ content: [{ type: 'input_file', file_id: 'a' }] }] }],
    ['a document', chat([{ type: 'document', source: { type: 'base64', data: 'a' } }])],
    ['a search in files', { input: 'a', tools: [{ type: 'file_search' }] }],
    ['a conversation kept at the provider', { input: 'a', conversation: 'conv_1' }],
    ['an answer kept at the provider', { input: 'a', previous_response_id: 'resp_1' }],
    ['a prompt kept at the provider', { input: 'a', prompt: { id: 'pmpt_1' } }],
  ])('%s', (_, body) => {
    expect(readScripts(body)).toBeUndefined();
  });

  test('a schema and a prompt in words hide nothing', () => {
    const schema = { type: 'object', properties: { type: { type: 'string' } } };
    expect(readScripts({ prompt: 'Once upon a time', tools: [{ type: 'function', parameters: schema }] })).toBe(0);
  });
});

describe('a request that would take long', () => {
  test('has more values than are looked at', () => {
    const many = {
      messages: Array.from({ length: SCRIPT_READING.mostValues }, () => ({ role: 'user', content: 'a' })),
    };
    expect(readScripts(many)).toBeUndefined();
  });

  test('has more text in other scripts than is looked at', () => {
    expect(readScripts(chat('я'.repeat(SCRIPT_READING.mostCharacters)))).toBe(scriptSet(['cyrillic']));
    expect(readScripts(chat('я'.repeat(SCRIPT_READING.mostCharacters + 1)))).toBeUndefined();
  });

  test('contains itself', () => {
    const body: { messages: unknown[] } = { messages: [] };
    body.messages.push(body);
    expect(readScripts(body)).toBeUndefined();
  });
});
