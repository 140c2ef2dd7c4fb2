import type { Emit, StreamReader } from '../dialect.ts';
import { readFailure } from '../failure.ts';
import { asNumber, asObject, asText, present, type JsonObject } from '../json.ts';
import { createSseReader } from '../sse.ts';
import { readFinish, readMessage, readUsage } from './response.ts';

/** https://platform.openai.com/docs/api-reference/chat-streaming */
export function createStreamReader(): StreamReader {
  let responseId: unknown;
  let model: unknown;
  let tier: unknown;
  let fingerprint: unknown;

  /** Every chunk repeats who answers; only news is passed on. Azure opens with a chunk that leaves id and model empty. */
  function identify(chunk: JsonObject, emit: Emit): void {
    const sameModel = chunk['id'] === responseId && chunk['model'] === model;
    if (sameModel && chunk['service_tier'] === tier && chunk['system_fingerprint'] === fingerprint) return;
    responseId = chunk['id'];
    model = chunk['model'];
    tier = chunk['service_tier'];
    fingerprint = chunk['system_fingerprint'];
    const news = present({
      responseId: asText(responseId),
      model: asText(model),
      serviceTier: asText(tier),
      systemFingerprint: asText(fingerprint),
    });
    if (Object.keys(news).length > 0) emit({ type: 'identity', ...news });
  }

  const calls = new Map<string, { id: string | undefined; place: number }>();
  let lastPlace = -1;

  /** Some compatible hosts number every call of a stream 0: at the same index, another id is another call. */
  function placeOf(choice: number, index: number, id: string | undefined): number {
    const key = `${choice}:${index}`;
    const known = calls.get(key);
    if (known !== undefined && (id === undefined || known.id === undefined || known.id === id)) return known.place;
    const place = known === undefined ? index : lastPlace + 1;
    lastPlace = Math.max(lastPlace, place);
    calls.set(key, { id, place });
    return place;
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
        told = readMessage(asObject(choice['delta']), index, emit, placeOf) || told;
        told = readFinish(choice['finish_reason'], index, emit, failed) || told;
      }
    }
    told = readUsage(chunk, emit) || told;
    if (!told) emit({ type: 'heartbeat' });
    return false;
  }

  return createSseReader({ decode, endsWithDone: true });
}
