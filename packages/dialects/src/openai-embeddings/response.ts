import type { Usage } from '@brownout/core';
import type { Emit } from '../dialect.ts';
import { readFailure } from '../failure.ts';
import { asCount, asNumber, asObject, asText, isObject, present } from '../json.ts';

/** https://platform.openai.com/docs/api-reference/embeddings/object */
export function readResponse(body: unknown, emit: Emit): void {
  if (isObject(body) && body['error']) {
    emit({ type: 'failure', failure: readFailure(undefined, body) });
    return;
  }
  if (!isObject(body) || !Array.isArray(body['data'])) {
    emit({ type: 'malformed', detail: 'the body is not a list of embeddings: it has no data list' });
    return;
  }
  emit({ type: 'identity', ...present({ responseId: asText(body['id']), model: asText(body['model']) }) });
  for (const [position, entry] of body['data'].entries()) {
    const item = asObject(entry);
    if (!hasNumbers(item['embedding'])) continue;
    emit({ type: 'output', kind: 'embedding', choice: asNumber(item['index']) ?? position, text: '' });
  }
  if (isObject(body['usage'])) {
    const usage = present<Usage>({ inputTokens: asCount(body['usage']['prompt_tokens']) });
    emit({ type: 'usage', usage });
  }
  emit({ type: 'end' });
}

/** A list of numbers, or their bytes in base64. */
function hasNumbers(embedding: unknown): boolean {
  return (Array.isArray(embedding) || typeof embedding === 'string') && embedding.length > 0;
}
