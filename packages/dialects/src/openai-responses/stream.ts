import type { Emit, StreamReader } from '../dialect.ts';
import { readFailure } from '../failure.ts';
import { asObject, isObject, type JsonObject } from '../json.ts';
import { createSseReader } from '../sse.ts';
import { emitImage, emitToolCall, isToolCall, readIdentity, readOutcome, readText } from './response.ts';

/** https://platform.openai.com/docs/api-reference/responses-streaming */
export function createStreamReader(): StreamReader {
  /** Place in the output list → which tool call that item is. */
  const toolCalls = new Map<unknown, number>();

  function decode(event: JsonObject, emit: Emit): boolean {
    switch (event['type']) {
      case 'response.output_text.delta':
      case 'response.audio.transcript.delta':
        return orHeartbeat(readText('text', event['delta'], emit), emit);
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return orHeartbeat(readText('reasoning', event['delta'], emit), emit);
      case 'response.refusal.delta':
        return orHeartbeat(readText('refusal', event['delta'], emit), emit);
      case 'response.function_call_arguments.delta':
        return orHeartbeat(readArguments(event, {}, emit), emit);
      case 'response.custom_tool_call_input.delta':
        return orHeartbeat(readArguments(event, { freeText: true }, emit), emit);
      case 'response.output_item.added':
        return orHeartbeat(openItem(event, emit), emit);
      case 'response.image_generation_call.completed':
        emitImage(emit);
        return false;
      case 'response.created':
        readIdentity(asObject(event['response']), emit);
        return orHeartbeat(false, emit);
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed': {
        const response = asObject(event['response']);
        readIdentity(response, emit);
        // The event's name is the outcome, should the response not repeat it.
        const status = event['type'].slice('response.'.length);
        readOutcome({ ...response, status }, toolCalls.size, emit);
        return true;
      }
      default:
        if (event['type'] !== 'error' && !isObject(event['error'])) return orHeartbeat(false, emit);
        emit({ type: 'failure', failure: readFailure(undefined, event) });
        return false;
    }
  }

  function openItem(event: JsonObject, emit: Emit): boolean {
    const item = asObject(event['item']);
    if (!isToolCall(item)) return false;
    const index = toolCalls.size;
    toolCalls.set(event['output_index'], index);
    emitToolCall(item, index, undefined, emit);
    return true;
  }

  function readArguments(event: JsonObject, kind: { freeText?: true }, emit: Emit): boolean {
    const text = event['delta'];
    if (typeof text !== 'string' || text === '') return false;
    emit({
      type: 'output',
      kind: 'tool_call',
      choice: 0,
      text,
      tool: { index: toolCalls.get(event['output_index']) ?? 0, ...kind },
    });
    return true;
  }

  return createSseReader({ decode, endsWithDone: false });
}

/** None of these events is the terminal marker. */
function orHeartbeat(told: boolean, emit: Emit): false {
  if (!told) emit({ type: 'heartbeat' });
  return false;
}
