import { expect, it } from 'vitest';
import { modelsNamed } from './models-named.ts';

it.each([
  ['Elevated errors for Claude Sonnet 5', ['claude-sonnet-5']],
  ['Elevated errors on Claude Opus 4.5 and Sonnet 4.5', ['claude-opus-4-5', 'claude-sonnet-4-5']],
  ['Claude 3.5 Haiku: elevated latency', ['claude-3-5-haiku']],
  ['Increased error rate on Opus', ['claude-opus']],
  ['Elevated errors on claude-opus-4-1', ['claude-opus-4-1']],
  ['Elevated Error Rates on GPT-6 Astra Pro', ['gpt-6-astra-pro']],
  ['Degraded performance of GPT-5.6 Sol', ['gpt-5.6-sol']],
  ['GPT-5 Errors Elevated', ['gpt-5']],
  ['GPT-5 50 % errors', ['gpt-5']],
  ['gpt-4.1-mini degraded', ['gpt-4.1-mini']],
  ['Errors with o3-mini (API)', ['o3-mini']],
  ['Elevated latency: gpt-4o-2024-08-06.', ['gpt-4o-2024-08-06']],
  ['Gemini 3 Pro and Gemini 2.5 Flash Lite unavailable', ['gemini-3-pro', 'gemini-2.5-flash-lite']],
  ['Command R+ timeouts', ['command-r']],
  ['command-r-plus is down', ['command-r-plus']],
])('%s → %j', (headline, models) => {
  expect(modelsNamed({ headline })).toEqual(models);
});

it.each([
  ['Elevated errors for multiple models'],
  ['Claude Sonnet 5 and other models unavailable'],
  ['Some Claude models return errors'],
  // A variant that the table does not have is another model, not its namesake.
  ['Elevated errors on GPT-5.6 Luna'],
  ['Elevated errors on gpt-5.6-luna'],
  ['Claude 4 is slow'],
  ['Claude API errors'],
  ['Gemini 500 errors'],
  ['Elevated errors in the command line'],
  [''],
])('%s → unclear', (headline) => {
  expect(modelsNamed({ headline })).toBe('unclear');
});

it('looks into the updates where the headline names no model, but not at models that they except', () => {
  const headline = 'Elevated errors';
  expect(modelsNamed({ headline, bodies: ['We see errors on Claude Opus 4.5.'] })).toEqual(['claude-opus-4-5']);
  expect(modelsNamed({ headline, bodies: ['Claude Haiku 4.5 is not affected.'] })).toBe('unclear');
  expect(modelsNamed({ headline: 'Errors on Opus 4.5', bodies: ['Also Sonnet 4.5.'] })).toEqual(['claude-opus-4-5']);
  expect(modelsNamed({ headline: 'Errors on some models', bodies: ['On Opus 4.5.'] })).toBe('unclear');
});

it('takes the names of components for those of models where they are', () => {
  const headline = 'Multiple models are slow';
  expect(modelsNamed({ headline, components: ['llama-3.3-70b-versatile', 'API'] })).toEqual([
    'llama-3.3-70b-versatile',
  ]);
  expect(modelsNamed({ headline, components: ['Claude API (api.anthropic.com)'] })).toBe('unclear');
  expect(modelsNamed({ headline: 'Command A is slow', components: ['command-r-plus'] })).toEqual(['command-a']);
});
