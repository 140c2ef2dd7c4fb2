/** What is asked, in no dialect: a question, or a conversation that ends with what the model has to answer. */
export type Conversation = string | readonly Turn[];

export type Turn =
  | { readonly user: string | readonly Part[] }
  | { readonly assistant: string }
  /** What a tool that the model called has returned. */
  | { readonly tool: string };

export type Part = { readonly text: string } | { readonly png: string };

export interface Asked {
  readonly model: string;
  readonly conversation: Conversation;
  readonly system: string | undefined;
  readonly stream: boolean;
  /** The answer has to be JSON. */
  readonly json: boolean;
  readonly temperature: number | undefined;
}

export const DIALECTS = ['chat', 'responses', 'messages', 'embeddings'] as const;
export type Dialect = (typeof DIALECTS)[number];

const SCHEMA = {
  type: 'object',
  properties: { team: { type: 'string' } },
  required: ['team'],
  additionalProperties: false,
} as const;

/** The request bodies, as each API documents them. */
export const BODIES: Record<Dialect, (asked: Asked) => object> = {
  chat: ({ model, conversation, system, stream, json, temperature }) => ({
    model,
    messages: [
      ...(system === undefined ? [] : [{ role: 'system', content: system }]),
      ...turns(conversation).flatMap(chatTurn),
    ],
    ...(json && { response_format: { type: 'json_schema', json_schema: { name: 'team', schema: SCHEMA } } }),
    ...(temperature !== undefined && { temperature }),
    ...(stream && { stream }),
  }),
  responses: ({ model, conversation, system, stream, json, temperature }) => ({
    model,
    ...(system !== undefined && { instructions: system }),
    input: typeof conversation === 'string' ? conversation : conversation.flatMap(responsesTurn),
    ...(json && { text: { format: { type: 'json_schema', name: 'team', schema: SCHEMA } } }),
    ...(temperature !== undefined && { temperature }),
    ...(stream && { stream }),
  }),
  messages: ({ model, conversation, system, stream, json, temperature }) => ({
    model,
    max_tokens: 100,
    ...(system !== undefined && { system }),
    messages: turns(conversation).flatMap(messagesTurn),
    ...(json && { output_config: { format: { type: 'json_schema', schema: SCHEMA } } }),
    ...(temperature !== undefined && { temperature }),
    ...(stream && { stream }),
  }),
  embeddings: ({ model, conversation }) => ({ model, input: conversation }),
};

const turns = (conversation: Conversation): readonly Turn[] =>
  typeof conversation === 'string' ? [{ user: conversation }] : conversation;

function chatTurn(turn: Turn): readonly object[] {
  if ('assistant' in turn) return [{ role: 'assistant', content: turn.assistant }];
  if ('tool' in turn) {
    const call = { id: 'call_1', type: 'function', function: { name: 'find', arguments: '{}' } };
    return [
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: turn.tool },
    ];
  }
  const part = (given: Part) =>
    'text' in given ? { type: 'text', ...given } : { type: 'image_url', image_url: { url: dataUri(given.png) } };
  return [{ role: 'user', content: typeof turn.user === 'string' ? turn.user : turn.user.map(part) }];
}

function responsesTurn(turn: Turn): readonly object[] {
  if ('assistant' in turn) return [{ role: 'assistant', content: turn.assistant }];
  if ('tool' in turn) {
    return [
      { type: 'function_call', call_id: 'call_1', name: 'find', arguments: '{}' },
      { type: 'function_call_output', call_id: 'call_1', output: turn.tool },
    ];
  }
  const part = (given: Part) =>
    'text' in given ? { type: 'input_text', ...given } : { type: 'input_image', image_url: dataUri(given.png) };
  return [{ role: 'user', content: typeof turn.user === 'string' ? turn.user : turn.user.map(part) }];
}

function messagesTurn(turn: Turn): readonly object[] {
  if ('assistant' in turn) return [{ role: 'assistant', content: turn.assistant }];
  if ('tool' in turn) {
    return [
      { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'find', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: turn.tool }] },
    ];
  }
  const part = (given: Part) =>
    'text' in given
      ? { type: 'text', ...given }
      : { type: 'image', source: { type: 'base64', media_type: 'image/png', data: given.png } };
  return [{ role: 'user', content: typeof turn.user === 'string' ? turn.user : turn.user.map(part) }];
}

const dataUri = (png: string): string => `data:image/png;base64,${png}`;
