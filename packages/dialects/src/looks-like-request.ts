import type { DialectId } from './dialect.ts';
import { asNumber, asText, isObject, type JsonObject } from './json.ts';
import { modelInPath } from './request-fields.ts';

const SHAPES = {
  'openai-chat': (body, hasModel) => hasModel && Array.isArray(body['messages']),
  'openai-responses': (body, hasModel) =>
    (hasModel && (typeof body['input'] === 'string' || Array.isArray(body['input']))) || isObject(body['prompt']),
  'openai-embeddings': (body, hasModel) =>
    hasModel && (typeof body['input'] === 'string' || Array.isArray(body['input'])),
  'anthropic-messages': (body, hasModel) =>
    hasModel && Array.isArray(body['messages']) && asNumber(body['max_tokens']) !== undefined,
} as const satisfies Record<DialectId, (body: JsonObject, hasModel: boolean) => boolean>;

/**
 * Whether a parsed request body has the shape of the dialect, so that a stranger's request to a path that ends the same
 * way is left alone.
 * @param path of the URL: Azure names the model there instead of in the body
 */
export function looksLikeRequest(dialect: DialectId, body: unknown, path = ''): boolean {
  if (!isObject(body)) return false;
  const hasModel = asText(body['model']) !== undefined || modelInPath(path) !== undefined;
  return SHAPES[dialect](body, hasModel);
}
