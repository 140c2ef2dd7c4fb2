import type { StreamReader } from '../dialect.ts';
import { createSseReader } from '../sse.ts';
import { readFailure } from '../failure.ts';

/** Embeddings are never streamed: events on this endpoint are an error, or not the dialect. */
export function createStreamReader(): StreamReader {
  return createSseReader({
    decode(event, emit) {
      if (event['error']) emit({ type: 'failure', failure: readFailure(undefined, event) });
      else emit({ type: 'malformed', detail: 'embeddings came as server-sent events' });
      return false;
    },
    endsWithDone: false,
  });
}
