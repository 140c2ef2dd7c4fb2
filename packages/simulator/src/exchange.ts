import type { ServerResponse } from 'node:http';
import { documentScript, generationScript, problemOf, problemScript, type ReplyContext } from './compose-script.ts';
import type { AnswerLength } from './content/compose-answer.ts';
import { objectOf } from './content/json-value.ts';
import type { Problem } from './content/problem.ts';
import { createRandom } from './content/random.ts';
import { VOICES } from './endpoints.ts';
import type { FaultChooser, LabelledFault } from './faults/choose-fault.ts';
import type { ReadyFault } from './faults/parameters.ts';
import type { RateLimiter } from './rate-limits.ts';
import { apiKeyOf, readRequest, type ReadRequest } from './read-request.ts';
import type { RequestEntry } from './request-log.ts';
import type { Clock } from './wire/clock.ts';
import type { Timing } from './wire/pace.ts';
import { play } from './wire/play.ts';
import type { Step } from './wire/step.ts';

/** The state and settings that all the exchanges of one simulator share. */
export interface ExchangeSettings {
  readonly clock: Clock;
  readonly seed: number;
  readonly timing: Timing;
  readonly length: AnswerLength;
  readonly limiter: RateLimiter;
  readonly chooser: FaultChooser;
  /** Cacheable prefixes seen so far. */
  readonly cache: Set<string>;
  /** The faults in force now. */
  activeFaults(): readonly LabelledFault[];
}

type Choice =
  | { readonly kind: 'fault'; readonly fault: ReadyFault | null }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Decides the reply to the request of an entry, notes the decision there, and plays it. */
export function answerRequest(
  entry: RequestEntry,
  ordinal: string,
  settings: ExchangeSettings,
  response: ServerResponse,
  signal: AbortSignal,
  onStep: (step: Step) => void,
): Promise<void> {
  return play(decide(entry, ordinal, settings), response, settings.clock, signal, onStep);
}

function decide(entry: RequestEntry, ordinal: string, settings: ExchangeSettings): Step[] {
  const read = readRequest(entry);
  const choice = choose(read, entry, settings);
  const fault = choice.kind === 'fault' ? choice.fault : null;
  entry.fault = fault?.name ?? null;
  const context = createContext(read, entry, ordinal, fault, settings);
  const problem =
    choice.kind === 'problem' ? choice.problem : (problemOf(fault, entry.provider) ?? overLimit(context, fault));
  if (problem !== null) {
    const { model, method, path } = entry;
    return problemScript(problem, { model, method, path, apiKey: apiKeyOf(entry.headers) }, context);
  }
  switch (read.kind) {
    case 'generation':
      return generationScript(read.endpoint, read.ask, context);
    case 'document':
      return documentScript(read.endpoint, read.ask.model, context);
    case 'problem':
      return [];
  }
}

/** A request that the real API would refuse is refused; no fault is played on it. */
function choose(read: ReadRequest, entry: RequestEntry, settings: ExchangeSettings): Choice {
  if (read.kind === 'problem') return read;
  const facts = {
    provider: entry.provider,
    model: entry.model,
    apiKey: apiKeyOf(entry.headers),
    streamed: entry.streamed,
    ask: read.kind === 'generation' ? read.ask : null,
  };
  if (entry.prefix === null) {
    return { kind: 'fault', fault: settings.chooser.fromList(settings.activeFaults(), facts) };
  }
  try {
    return { kind: 'fault', fault: settings.chooser.fromPrefix(entry.prefix, facts) };
  } catch (error) {
    const message = `Simulator: ${error instanceof Error ? error.message : String(error)}`;
    return { kind: 'problem', problem: { kind: 'bad_request', message } };
  }
}

function createContext(
  read: ReadRequest,
  entry: RequestEntry,
  ordinal: string,
  fault: ReadyFault | null,
  settings: ExchangeSettings,
): ReplyContext {
  const seed = `${settings.seed}/${ordinal}`;
  const ask = read.kind === 'generation' ? read.ask : null;
  const cached = ask?.cacheKey != null && settings.cache.has(ask.cacheKey);
  if (ask?.cacheKey != null) settings.cache.add(ask.cacheKey);
  return {
    provider: entry.provider,
    body: objectOf(entry.body),
    requestId: VOICES[entry.provider].createRequestId(createRandom(`${seed}/request`)),
    createdAt: Math.floor(entry.at / 1000),
    seed,
    timing: settings.timing,
    length: settings.length,
    cached,
    limits: settings.limiter.take(`${apiKeyOf(entry.headers) ?? ''}/${entry.model}`, {
      requests: 1,
      inputTokens: read.kind === 'problem' ? 0 : read.ask.inputTokens,
      outputTokens: ask === null ? 0 : (ask.outputLimit ?? settings.length.most),
    }),
    fault,
  };
}

function overLimit(context: ReplyContext, fault: ReadyFault | null): Problem | null {
  if (context.limits.admitted || fault !== null) return null;
  return { kind: 'rate_limited', retryAfterSeconds: 1 };
}
