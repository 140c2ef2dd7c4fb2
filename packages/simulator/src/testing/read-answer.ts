import { listOf, objectOf, textOf, type JsonObject } from '../content/json-value.ts';
import type { SeenEvent, TestDialect } from './observe.ts';

/** What the provider's documentation says that a body means, read independently of how the simulator writes it. */
export interface SeenAnswer {
  readonly text: string;
  readonly refusal: string;
  readonly toolArguments: string;
  readonly model: string | null;
  readonly finish: string | null;
  readonly usage: JsonObject | null;
  /** Whether the stream's own end marker came, or the body is a complete document. */
  readonly terminal: boolean;
  readonly error: JsonObject | null;
  readonly malformedEvents: number;
  /** Times of the chunks that carried output, in milliseconds since the request was sent. */
  readonly outputAt: readonly number[];
}

type Draft = { -readonly [Key in keyof SeenAnswer]: SeenAnswer[Key] } & { outputAt: number[] };

export function readAnswer(dialect: TestDialect, events: readonly SeenEvent[], text: string): SeenAnswer {
  const draft: Draft = {
    text: '',
    refusal: '',
    toolArguments: '',
    model: null,
    finish: null,
    usage: null,
    terminal: false,
    error: null,
    malformedEvents: 0,
    outputAt: [],
  };
  if (events.length === 0) {
    const document = parse(text);
    if (document !== null) READ_DOCUMENT[dialect](document, draft);
    return draft;
  }
  for (const { data, at } of events) {
    if (data === '[DONE]') {
      draft.terminal = true;
      continue;
    }
    const event = parse(data);
    if (event === null) draft.malformedEvents += 1;
    else if (READ_EVENT[dialect](event, draft)) draft.outputAt.push(at);
  }
  return draft;
}

/** Each reads one event into the draft, and says whether it carried output. */
const READ_EVENT = {
  'openai-chat': (event, draft) => {
    readChatEnvelope(event, draft);
    const choice = objectOf(listOf(event['choices'])[0]);
    const delta = objectOf(choice['delta']);
    const call = objectOf(objectOf(listOf(delta['tool_calls'])[0])['function']);
    draft.finish = textOf(choice['finish_reason']) ?? draft.finish;
    return append(draft, textOf(delta['content']), textOf(delta['refusal']), textOf(call['arguments']));
  },
  'openai-responses': (event, draft) => {
    const delta = textOf(event['delta']);
    if ('response' in event) readResponse(objectOf(event['response']), draft);
    if (event['type'] === 'error') draft.error = isNested(event) ? objectOf(event['error']) : event;
    draft.terminal ||= ['response.completed', 'response.incomplete'].includes(String(event['type']));
    switch (event['type']) {
      case 'response.output_text.delta':
        return append(draft, delta, null, null);
      case 'response.refusal.delta':
        return append(draft, null, delta, null);
      case 'response.function_call_arguments.delta':
        return append(draft, null, null, delta);
      default:
        return false;
    }
  },
  'anthropic-messages': (event, draft) => {
    const delta = objectOf(event['delta']);
    const message = objectOf(event['message']);
    draft.model = textOf(message['model']) ?? draft.model;
    draft.finish = textOf(delta['stop_reason']) ?? draft.finish;
    if (event['type'] === 'message_delta') draft.usage = objectOf(event['usage']);
    if (event['type'] === 'error') draft.error = objectOf(event['error']);
    draft.terminal ||= event['type'] === 'message_stop';
    return append(draft, textOf(delta['text']), null, textOf(delta['partial_json']));
  },
} as const satisfies Record<TestDialect, (event: JsonObject, draft: Draft) => boolean>;

const READ_DOCUMENT = {
  'openai-chat': (document, draft) => {
    readChatEnvelope(document, draft);
    const choice = objectOf(listOf(document['choices'])[0]);
    const message = objectOf(choice['message']);
    const call = objectOf(objectOf(listOf(message['tool_calls'])[0])['function']);
    draft.finish = textOf(choice['finish_reason']);
    draft.terminal = draft.finish !== null;
    append(draft, textOf(message['content']), textOf(message['refusal']), textOf(call['arguments']));
  },
  'openai-responses': (document, draft) => {
    readResponse(document, draft);
    draft.terminal = draft.finish !== null;
    if ('error' in document && document['error'] !== null) draft.error = objectOf(document['error']);
    const item = objectOf(listOf(document['output'])[0]);
    const part = objectOf(listOf(item['content'])[0]);
    append(draft, textOf(part['text']), textOf(part['refusal']), textOf(item['arguments']));
  },
  'anthropic-messages': (document, draft) => {
    draft.model = textOf(document['model']);
    draft.finish = textOf(document['stop_reason']);
    draft.terminal = draft.finish !== null;
    draft.usage = 'usage' in document ? objectOf(document['usage']) : null;
    if (document['type'] === 'error') draft.error = objectOf(document['error']);
    const block = objectOf(listOf(document['content'])[0]);
    append(draft, textOf(block['text']), null, 'input' in block ? JSON.stringify(block['input']) : null);
  },
} as const satisfies Record<TestDialect, (document: JsonObject, draft: Draft) => void>;

function readChatEnvelope(envelope: JsonObject, draft: Draft): void {
  draft.model = textOf(envelope['model']) ?? draft.model;
  if (envelope['usage'] != null) draft.usage = objectOf(envelope['usage']);
  if ('error' in envelope) draft.error = objectOf(envelope['error']);
}

function readResponse(response: JsonObject, draft: Draft): void {
  const status = textOf(response['status']);
  draft.model = textOf(response['model']);
  if (status === 'failed') draft.error = objectOf(response['error']);
  if (status === 'completed') draft.finish = status;
  if (status === 'incomplete') draft.finish = textOf(objectOf(response['incomplete_details'])['reason']);
  if (response['usage'] != null) draft.usage = objectOf(response['usage']);
}

function isNested(event: JsonObject): boolean {
  return 'error' in event;
}

function append(draft: Draft, text: string | null, refusal: string | null, call: string | null): boolean {
  draft.text += text ?? '';
  draft.refusal += refusal ?? '';
  draft.toolArguments += call ?? '';
  return Boolean(text ?? '') || Boolean(refusal ?? '') || Boolean(call ?? '');
}

function parse(text: string): JsonObject | null {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return null;
  }
}
