import type { Answer, Choice } from '../content/answer.ts';
import type { JsonObject } from '../content/json-value.ts';
import { chunkTokens } from '../content/tokens.ts';
import type { BreakPlace, InBandKind, Rendering } from '../endpoint.ts';
import type { Frame, Part } from '../wire/step.ts';
import {
  contentPart,
  emptyResponse,
  failedResponse,
  finishedResponse,
  outputItems,
  responseError,
} from './response-object.ts';
import { eventFrame } from './sse.ts';
import { OPENAI_ERRORS } from './voice.ts';

/** An event before it is numbered. */
type Draft = readonly [part: Part, event: { readonly type: string } & JsonObject, tokens?: number];

/** https://platform.openai.com/docs/api-reference/responses-streaming */
export function responsesFrames(answer: Answer, rendering: Rendering): Frame[] {
  const [choice] = answer.choices;
  const started = emptyResponse(answer.model, rendering);
  const finished = finishedResponse(answer, rendering);
  const last = finished['status'] === 'completed' ? 'response.completed' : 'response.incomplete';
  return number([
    ['opening', { type: 'response.created', response: started }],
    ['opening', { type: 'response.in_progress', response: started }],
    ...itemDrafts(choice, rendering, String(finished['status'])),
    ['terminal', { type: last, response: finished }],
  ]);
}

/**
 * How a Responses stream fails. `failed`: the event `response.failed`, as documented. `event`: an `error` event whose
 * fields are at the top, as documented. `nested`: an `error` event with an error object, as the service really sends.
 */
export function responsesErrorFrames(
  kind: InBandKind,
  place: BreakPlace,
  answer: Answer,
  rendering: Rendering,
): Frame[] {
  const { code, message } = responseError(kind);
  const { form, sent } = place;
  switch (form) {
    case 'event':
      return number([['closing', { type: 'error', code, message, param: null }]], sent);
    case 'nested': {
      const error = { type: OPENAI_ERRORS[kind].type, code, message, param: null };
      return number([['closing', { type: 'error', error }]], sent);
    }
    default:
      return number(
        [['closing', { type: 'response.failed', response: failedResponse(kind, rendering, answer.model) }]],
        sent,
      );
  }
}

function itemDrafts(choice: Choice, rendering: Rendering, status: string): Draft[] {
  const [item] = outputItems(choice, rendering, status);
  const [opened] = outputItems(
    { ...choice, text: '', tool: choice.tool && { ...choice.tool, arguments: '' } },
    rendering,
    'in_progress',
  );
  const place = { item_id: item?.['id'], output_index: 0 };
  const added = { ...opened, ...(choice.tool === null ? { content: [] } : {}) };
  return [
    ['opening', { type: 'response.output_item.added', output_index: 0, item: added }],
    ...(choice.tool === null ? partDrafts(choice, place) : callDrafts(choice.tool.arguments, place)),
    ['closing', { type: 'response.output_item.done', output_index: 0, item }],
  ];
}

function callDrafts(text: string, place: JsonObject): Draft[] {
  const type = 'response.function_call_arguments';
  return [
    ...chunkTokens(text, 1).map((delta): Draft => ['output', { type: `${type}.delta`, ...place, delta }, 1]),
    ['closing', { type: `${type}.done`, ...place, arguments: text }],
  ];
}

function partDrafts(choice: Choice, item: JsonObject): Draft[] {
  const place = { ...item, content_index: 0 };
  const refused = choice.refusal !== null;
  const text = choice.refusal ?? choice.text;
  const type = refused ? 'response.refusal' : 'response.output_text';
  const extra = refused ? {} : { logprobs: [] };
  const opened = contentPart({ ...choice, text: '', refusal: refused ? '' : null });
  return [
    ['opening', { type: 'response.content_part.added', ...place, part: opened }],
    ...chunkTokens(text, 1).map((delta): Draft => ['output', { type: `${type}.delta`, ...place, delta, ...extra }, 1]),
    ['closing', { type: `${type}.done`, ...place, ...(refused ? { refusal: text } : { text }), ...extra }],
    ['closing', { type: 'response.content_part.done', ...place, part: contentPart(choice) }],
  ];
}

function number(drafts: readonly Draft[], from = 0): Frame[] {
  return drafts.map(([part, event, tokens], index) =>
    eventFrame(part, { ...event, sequence_number: from + index }, tokens),
  );
}
