import { hash } from 'node:crypto';
import type { OpenCall } from '@brownout/core';

/** Finds the call that a request is a further attempt of, where no link says so (bundled applications, raw `fetch`). */
export interface RetryInference {
  /** The open call that this very request was sent for before, if its last attempt has failed. */
  readonly find: (request: InferableRequest) => OpenCall | undefined;
  readonly remember: (request: InferableRequest, call: OpenCall) => void;
}

export interface InferableRequest {
  readonly url: string;
  readonly body: string;
  /** `x-stainless-retry-count` where the client sends it: 0 is a first attempt, whatever else it looks like. */
  readonly retryCount: number | undefined;
  /** Identity of the asynchronous scope that the request was made in; `undefined` at the top level. */
  readonly scope: object | undefined;
}

/** Open calls without a link that are remembered at once; the oldest go first. */
const MOST_OPEN = 1000;

export function createRetryInference(): RetryInference {
  const open = new Map<string, { call: OpenCall; scope: object | undefined }>();
  return {
    find(request) {
      const key = keyOf(request);
      const known = open.get(key);
      if (known === undefined) return undefined;
      if (known.call.ended) {
        open.delete(key);
        return undefined;
      }
      const failed = known.call.call.attempts.at(-1)?.endedAt !== undefined;
      if (!failed || known.scope !== request.scope) return undefined;
      if (request.retryCount !== 0) return known.call;
      // The application asks again by itself: the call before this one is over.
      known.call.giveUp();
      return undefined;
    },
    remember(request, call) {
      open.set(keyOf(request), { call, scope: request.scope });
      if (open.size <= MOST_OPEN) return;
      for (const [key, { call: old }] of open) {
        if (old.ended || open.size > MOST_OPEN) open.delete(key);
      }
    },
  };
}

/** The text itself is not kept. */
function keyOf({ url, body }: InferableRequest): string {
  return `${url}\n${hash('sha1', body)}`;
}
