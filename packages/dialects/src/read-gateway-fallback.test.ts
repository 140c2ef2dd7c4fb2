import { expect, test } from 'vitest';
import { readGatewayFallback } from './read-gateway-fallback.ts';

test.each([
  ['x-litellm-attempted-fallbacks', '1', true],
  ['x-litellm-attempted-fallbacks', '12', true],
  ['x-litellm-attempted-fallbacks', '0', false],
  ['cf-aig-step', '2', true],
  ['cf-aig-step', '0', false],
  ['cf-aig-step', '', false],
  ['cf-aig-step', 'None', false],
  ['x-portkey-last-used-option-index', '1', false],
])('%s: %s is a fallback: %s', (name, value, fellBack) => {
  expect(readGatewayFallback(new Headers({ [name]: value }))).toBe(fellBack);
});
