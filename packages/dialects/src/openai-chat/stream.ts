import type { Emit, StreamReader } from '../dialect.ts';
import { readFailure } from '../failure.ts';
import { asNumber, asObject, asText, present, type JsonObject } from '../json.ts';
import { createSseReader } from '../sse.ts';
import { readFinish, readMessage, readUsage } from './response.ts';

/** https://platform.openai.com/docs/api-reference/chat-streaming */
export function createStreamReader(): StreamReader {
  let id: unknown;
  let model: unknown;
  let tier: unknown;
  let fingerprint: unknown;

  /** Every chunk repeats who answers; only news is passed on. Azure opens with a chunk that leaves id and model empty. */
  function identify(chunk: JsonObject, emit: Emit): void {
    const sameModel = chunk['id'] === id && chunk['model'] === model;
    if (sameModel && chunk['service_tier'] === tier && chunk['system_fingerprint'] === fingerprint) return;
    id = chunk['id'];
    model = chunk['model'];
    tier = chunk['service_tier'];
    fingerprint = chunk['system_fingerprint'];
    const news = present({
      responseId: asText(id),
      model: asText(model),
      serviceTier: asText(tier),
      systemFingerprint: asText(fingerprint),
    });
    if (Object.keys(news).length > 0) emit({ type: 'identity', ...news });
  }

  function decode(chunk: JsonObject, emit: Emit): boolean {
    const failed = Boolean(chunk['error']);
    identify(chunk, emit);
    if (failed) emit({ type: 'failure', failure: readFailure(undefined, chunk) });
    let told = failed;
    const choices = chunk['choices'];
    if (Array.isArray(choices)) {
      for (let position = 0; position < choices.length; position++) {
        const choice = asObject(choices[position]);
        const index = asNumber(choice['index']) ?? position;
        told = readMessage(asObject(choice['delta']), index, emit) || told;
        told = readFinish(choice['finish_reason'], index, emit, failed) || told;
      }
    }
    told = readUsage(chunk, emit) || told;
    if (!told) emit({ type: 'heartbeat' });
    return false;
  }

  return createSseReader({ decode, endsWithDone: true });
}
