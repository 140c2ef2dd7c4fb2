import type { CallOpening } from '@brownout/core';
import type { Config } from '../config/config.ts';
import type { CallFrame } from '../link/call-frame.ts';
import { factsOf } from './call-facts.ts';
import type { BudgetOf } from './call-facts.ts';
import { identify } from './identify.ts';

/** A call that failed on the client's side, from what the SDK was given; `undefined` where it was no model call. */
export function describeUnsentCall(
  frame: CallFrame,
  client: unknown,
  { providers, detectors }: Pick<Config, 'providers' | 'detectors'>,
  budgetOf: BudgetOf,
): CallOpening | undefined {
  const path = frame.options?.path;
  const url = typeof path === 'string' ? urlOf(client, path) : undefined;
  if (url === undefined) return undefined;
  const request = {
    method: 'POST',
    url,
    header: () => null,
    body: undefined,
    readBody: undefined,
    signal: frame.options?.signal,
    startedAt: frame.startedAt,
  };
  const identified = identify(request, frame, providers);
  if (identified === undefined) return undefined;
  const facts = factsOf(request, identified, detectors);
  return {
    facts,
    budget: budgetOf(facts),
    startedAt: frame.startedAt,
    linked: true,
    fallback: undefined,
    failedBeforeWire: frame.options?.signal?.aborted ? 'cancelled' : 'bad_request',
  };
}

/** What stands for a host where the base URL is no URL; the name is reserved to be nobody's (RFC 6761). */
const NO_HOST = 'https://base-url.invalid';

function urlOf(client: unknown, path: string): URL | undefined {
  const base = typeof client === 'object' && client !== null && 'baseURL' in client ? client.baseURL : undefined;
  if (typeof base !== 'string') return undefined;
  return URL.parse(base.replace(/\/$/, '') + path) ?? URL.parse(NO_HOST + path) ?? undefined;
}
