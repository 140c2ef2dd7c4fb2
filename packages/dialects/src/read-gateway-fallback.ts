import type { HeaderSource } from './read-headers.ts';

/** How many models a gateway has given up before the one that answered. */
const STEPS = [
  'x-litellm-attempted-fallbacks', // https://docs.litellm.ai/docs/proxy/response_headers
  'cf-aig-step', // https://developers.cloudflare.com/ai-gateway/configuration/fallbacks/
] as const;

/** Whether the response says that a gateway fell back. Neither header tells why, nor from what. */
export function readGatewayFallback(headers: HeaderSource): boolean {
  return STEPS.some((name) => /^\s*[1-9]\d*\s*$/.test(headers.get(name) ?? ''));
}
