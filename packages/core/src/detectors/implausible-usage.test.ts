import { expect, test } from 'vitest';
import { isUsageImplausible } from './implausible-usage.ts';

const reported = { outputTokens: 0, reasoningTokens: 0, characters: 0, toolCalls: 0 };

/** Characters and tokens (the tokenizer of GPT-4o, o200k_base) of real and of extreme texts. */
const REAL = {
  'English prose': { characters: 4_000, outputTokens: 976 },
  'a licence with wide margins': { characters: 1_000, outputTokens: 72 },
  JavaScript: { characters: 4_000, outputTokens: 1_005 },
  'minified JSON': { characters: 4_000, outputTokens: 1_235 },
  base64: { characters: 800, outputTokens: 530 },
  'Chinese, rare characters': { characters: 400, outputTokens: 769 },
  Thai: { characters: 580, outputTokens: 240 },
  Tibetan: { characters: 240, outputTokens: 361 },
  'Yi, which no tokenizer knows': { characters: 400, outputTokens: 1_196 },
  emoji: { characters: 780, outputTokens: 780 },
  'a single word': { characters: 3, outputTokens: 1 },
  'a ruled line': { characters: 399, outputTokens: 6 },
};

test.each(Object.entries(REAL))('%s is plausible, in words and as the arguments of a tool call', (_, counts) => {
  expect(isUsageImplausible({ ...reported, ...counts })).toBe(false);
  expect(isUsageImplausible({ ...reported, ...counts, toolCalls: 1 })).toBe(false);
  expect(isUsageImplausible({ ...reported, ...counts, outputTokens: counts.outputTokens + 90 })).toBe(false);
});

test('reasoning counts as output, reported or not, and is no output that came', () => {
  expect(isUsageImplausible({ ...reported, characters: 500, outputTokens: 20_125, reasoningTokens: 20_000 })).toBe(
    false,
  );
  expect(isUsageImplausible({ ...reported, characters: 500, outputTokens: 20_125, reasoningTokens: undefined })).toBe(
    false,
  );
});

test.each([
  ['only the last chunk was counted', { characters: 2_000, outputTokens: 1, reasoningTokens: undefined }],
  ['nothing was counted', { characters: 400, outputTokens: 0 }],
  ['a tenth was counted', { characters: 40_000, outputTokens: 1_000 }],
  ['bytes were counted several times', { characters: 400, outputTokens: 2_000 }],
  ['someone else’s answer was counted', { characters: 12, outputTokens: 900 }],
])('%s: implausible', (_, counts) => {
  expect(isUsageImplausible({ ...reported, ...counts })).toBe(true);
});

test('each tool call brings its own frame', () => {
  expect(isUsageImplausible({ ...reported, outputTokens: 180, toolCalls: 1 })).toBe(false);
  expect(isUsageImplausible({ ...reported, outputTokens: 201, toolCalls: 1 })).toBe(true);
  expect(isUsageImplausible({ ...reported, outputTokens: 500, toolCalls: 4 })).toBe(false);
});
