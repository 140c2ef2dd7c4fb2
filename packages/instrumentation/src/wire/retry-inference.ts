import { crc32 } from 'node:zlib';
import type { OpenCall } from '@brownout/core';

/** Finds the call that a request is a further attempt of, where no link says so (bundled applications, raw `fetch`). */
export interface RetryInference<Watched extends OpenCall> {
  /** The open call that this very request was sent for before, if its last attempt has failed. */
  readonly find: (request: InferableRequest) => Watched | undefined;
  readonly remember: (request: InferableRequest, call: Watched) => void;
}

export interface InferableRequest {
  readonly url: string;
  readonly body: string;
  /** `x-stainless-retry-count` where the client sends it: 0 is a first attempt, whatever else it looks like. */
  readonly retryCount: number | undefined;
  /** Identity of the asynchronous scope that the request was made in; `undefined` at the top level. */
  readonly scope: object | undefined;
}

/** This many different requests without a link are remembered at once, and of each this many calls; the oldest go first. */
const MOST_REQUESTS = 1000;
const MOST_ALIKE = 50;

interface Candidate<Watched extends OpenCall> {
  readonly call: Watched;
  readonly scope: object | undefined;
}

export function createRetryInference<Watched extends OpenCall>(): RetryInference<Watched> {
  const candidates = new Map<string, readonly Candidate<Watched>[]>();
  const openOnes = (key: string): readonly Candidate<Watched>[] =>
    (candidates.get(key) ?? []).filter(({ call }) => !call.ended);
  return {
    find(request) {
      if (request.retryCount === 0) return undefined;
      const waiting = openOnes(keyOf(request)).filter(({ call, scope }) => scope === request.scope && hasFailed(call));
      // The same question may be asked several times side by side; a client that counts its retries tells which is which.
      const counted = waiting.findLast(({ call }) => call.call.attempts.length === request.retryCount);
      return (counted ?? waiting.at(-1))?.call;
    },
    remember(request, call) {
      const key = keyOf(request);
      const others = openOnes(key).filter((candidate) => candidate.call !== call);
      candidates.delete(key);
      candidates.set(key, [...others.slice(1 - MOST_ALIKE), { call, scope: request.scope }]);
      if (candidates.size <= MOST_REQUESTS) return;
      for (const oldest of candidates.keys()) {
        candidates.delete(oldest);
        break;
      }
    },
  };
}

/** Over, or refused with a status that was enough for whoever sends the request again. */
function hasFailed({ call }: OpenCall): boolean {
  const last = call.attempts.at(-1);
  return last?.endedAt !== undefined || last?.statusFailure !== undefined;
}

/** The text itself is not kept. */
function keyOf({ url, body }: InferableRequest): string {
  return `${url}\n${body.length}.${crc32(body)}`;
}
