import type { Emit, StreamReader } from '../dialect.ts';
import { readFailure } from '../failure.ts';
import { asObject, type JsonObject } from '../json.ts';
import { createSseReader } from '../sse.ts';
import { readBlock, readFinish, readIdentity, readText, readUsage, type UsageSoFar } from './response.ts';

/** https://docs.claude.com/en/docs/build-with-claude/streaming */
export function createStreamReader(): StreamReader {
  const usage: UsageSoFar = {};
  let toolCalls = 0;
  /** The content block that is a call of one of the application's tools and is being sent now. */
  let openCall: unknown;

  function decode(event: JsonObject, emit: Emit): boolean {
    switch (event['type']) {
      case 'content_block_delta':
        readDelta(asObject(event['delta']), event['index'], emit);
        return false;
      case 'message_start': {
        const message = asObject(event['message']);
        readIdentity(message, emit);
        // Its `output_tokens` is a placeholder, not a count.
        readUsage({ ...asObject(message['usage']), output_tokens: null }, usage, emit);
        return false;
      }
      case 'content_block_start':
        openCall = undefined;
        if (readBlock(asObject(event['content_block']), toolCalls, emit)) {
          toolCalls++;
          openCall = event['index'];
        }
        return false;
      case 'message_delta': {
        const finished = readFinish(asObject(event['delta'])['stop_reason'], emit);
        const counted = readUsage(event['usage'], usage, emit);
        if (!finished && !counted) emit({ type: 'heartbeat' });
        return false;
      }
      case 'message_stop':
        return true;
      case 'error':
        emit({ type: 'failure', failure: readFailure(undefined, event) });
        return false;
      default:
        emit({ type: 'heartbeat' });
        return false;
    }
  }

  function readDelta(delta: JsonObject, block: unknown, emit: Emit): void {
    switch (delta['type']) {
      case 'text_delta':
        readText('text', delta['text'], emit);
        return;
      case 'thinking_delta':
        readText('reasoning', delta['thinking'], emit);
        return;
      case 'input_json_delta': {
        const text = delta['partial_json'];
        if (typeof text === 'string' && text !== '' && openCall !== undefined && block === openCall) {
          emit({ type: 'output', kind: 'tool_call', choice: 0, text, tool: { index: toolCalls - 1 } });
        } else emit({ type: 'heartbeat' });
        return;
      }
      default:
        emit({ type: 'heartbeat' });
    }
  }

  return createSseReader({ decode, endsWithDone: false });
}
