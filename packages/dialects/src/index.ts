export { readScripts } from './read-scripts.ts';
export { classify, type ClassifiableRequest, type Classification } from './classify.ts';
export type {
  Dialect,
  DialectId,
  Emit,
  Message,
  MessagePart,
  Question,
  RequestContent,
  StreamReader,
} from './dialect.ts';
export { DIALECTS } from './dialects.ts';
export { isSameModel } from './is-same-model.ts';
export { looksLikeRequest } from './looks-like-request.ts';
export { mayEndWithoutDone, PROVIDERS, type Provider } from './providers.ts';
export { readGatewayFallback } from './read-gateway-fallback.ts';
export { readRateLimits, readRequestIds, readRetryAdvice, type HeaderSource, type RateLimit } from './read-headers.ts';
