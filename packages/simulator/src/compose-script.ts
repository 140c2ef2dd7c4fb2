import type { Answer, Ask } from './content/answer.ts';
import { composeAnswer, spoken, type AnswerLength } from './content/compose-answer.ts';
import type { JsonObject } from './content/json-value.ts';
import type { Problem } from './content/problem.ts';
import { createRandom, type Random } from './content/random.ts';
import { countTokens } from './content/tokens.ts';
import type { DocumentEndpoint, ErrorContext, GenerationEndpoint, ProviderName, Rendering } from './endpoint.ts';
import { VOICES } from './endpoints.ts';
import type { Effect } from './faults/effect.ts';
import { EFFECTS } from './faults/effects.ts';
import type { ReadyFault } from './faults/parameters.ts';
import { exhausted, type RateLimitState } from './rate-limits.ts';
import { createPace, streamScript, wholeScript, type Timing } from './wire/pace.ts';
import type { Step } from './wire/step.ts';

/** Everything that decides a reply. The same context gives the same script, byte for byte. */
export interface ReplyContext {
  readonly provider: ProviderName;
  readonly body: JsonObject;
  readonly requestId: string;
  readonly createdAt: number;
  /** Names the request within the simulator's run; all its random choices grow from it. */
  readonly seed: string;
  readonly timing: Timing;
  readonly length: AnswerLength;
  /** Whether the cacheable prefix was seen before. */
  readonly cached: boolean;
  readonly limits: RateLimitState;
  readonly fault: ReadyFault | null;
}

/** The reply to a request for generated output. */
export function generationScript(endpoint: GenerationEndpoint, ask: Ask, context: ReplyContext): Step[] {
  const random = createRandom(`${context.seed}/content`);
  const rendering: Rendering = { ...context, ask };
  const answer = answerOf(ask, context, random);
  const pace = createPace(context.timing, createRandom(`${context.seed}/pace`));
  const wholeBody = formatJson(endpoint.whole(answer, rendering));
  const healthy = ask.streamed
    ? streamScript(endpoint.frames(answer, rendering), headStep(context, 'text/event-stream; charset=utf-8'), pace)
    : wholeScript(wholeBody, outputTokens(answer), headStep(context, 'application/json', wholeBody), pace);
  return rewritten(healthy, context.fault, {
    streamed: ask.streamed,
    wholeBody,
    keepAlive: endpoint.keepAlive,
    wholeError: (kind) => formatJson(endpoint.wholeError(kind, rendering)),
    errorFrames: (kind, form, sent) => endpoint.errorFrames(kind, { form, sent }, answer, rendering),
  });
}

/** The reply to a request for a document: embeddings, a count, a list. */
export function documentScript(endpoint: DocumentEndpoint, model: string, context: ReplyContext): Step[] {
  const body = formatJson(endpoint.reply(context.body, model));
  const pace = createPace(context.timing, createRandom(`${context.seed}/pace`));
  const healthy = wholeScript(body, 0, headStep(context, 'application/json', body), pace);
  const never = () => '';
  return rewritten(healthy, context.fault, {
    streamed: false,
    wholeBody: body,
    keepAlive: '',
    wholeError: never,
    errorFrames: () => [],
  });
}

/** The reply that is an error status. */
export function problemScript(
  problem: Problem,
  where: Omit<ErrorContext, 'limits' | 'requestId'>,
  context: ReplyContext,
): Step[] {
  const voice = VOICES[context.provider];
  const limits = problem.kind === 'rate_limited' ? exhausted(context.limits) : context.limits;
  const { status, headers, body } = voice.error(problem, { ...where, limits, requestId: context.requestId });
  const pace = createPace(context.timing, createRandom(`${context.seed}/pace`));
  const delay = Math.round(pace.firstToken() / 4);
  return [
    { do: 'wait', milliseconds: delay },
    {
      do: 'head',
      status,
      headers: {
        ...headers,
        'content-length': String(Buffer.byteLength(body)),
        ...voice.headers(context.requestId, delay, limits),
      },
    },
    { do: 'write', text: body, part: 'output' },
    { do: 'end' },
  ];
}

/** The problem that a fault puts in place of an answer, or `null`. */
export function problemOf(fault: ReadyFault | null, provider: ProviderName): Problem | null {
  const effect = effectOf(fault);
  return effect?.at === 'problem' && fault !== null ? effect.problem(fault.values, provider) : null;
}

function answerOf(ask: Ask, context: ReplyContext, random: Random): Answer {
  const { fault, provider } = context;
  const healthy = composeAnswer(ask, context.length, context.cached, random);
  const effect = effectOf(fault);
  return effect?.at === 'answer' && fault !== null
    ? effect.change(healthy, fault.values, { ask, provider, random, length: context.length })
    : healthy;
}

function rewritten(
  steps: Step[],
  fault: ReadyFault | null,
  scriptContext: Parameters<Extract<Effect, { at: 'script' }>['rewrite']>[2],
): Step[] {
  const effect = effectOf(fault);
  return effect?.at === 'script' && fault !== null ? effect.rewrite(steps, fault.values, scriptContext) : steps;
}

function effectOf(fault: ReadyFault | null): Effect | null {
  return fault === null ? null : EFFECTS[fault.name];
}

function headStep(context: ReplyContext, contentType: string, body?: string) {
  return (processingMilliseconds: number): Step => ({
    do: 'head',
    status: 200,
    headers: {
      'content-type': contentType,
      ...(body === undefined ? { 'cache-control': 'no-cache' } : { 'content-length': String(Buffer.byteLength(body)) }),
      ...VOICES[context.provider].headers(context.requestId, processingMilliseconds, context.limits),
    },
  });
}

function outputTokens(answer: Answer): number {
  return answer.choices.reduce((sum, choice) => sum + countTokens(spoken(choice)), 0);
}

function formatJson(value: JsonObject): string {
  return JSON.stringify(value);
}
