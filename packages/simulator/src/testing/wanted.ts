import type { TestDialect } from './observe.ts';

const SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string' }, urgent: { type: 'boolean' } },
  required: ['city', 'urgent'],
  additionalProperties: false,
};

/** What a request has in which a tool is to be called. */
export const TOOLS = {
  'openai-chat': { tools: [{ type: 'function', function: { name: 'find_parcel', parameters: SCHEMA } }] },
  'openai-responses': { tools: [{ type: 'function', name: 'find_parcel', parameters: SCHEMA }] },
  'anthropic-messages': { tools: [{ name: 'find_parcel', input_schema: SCHEMA }] },
} as const satisfies Record<TestDialect, object>;

/** What a request has that asks for JSON of a schema. */
export const STRUCTURED = {
  'openai-chat': { response_format: { type: 'json_schema', json_schema: { name: 'place', schema: SCHEMA } } },
  'openai-responses': { text: { format: { type: 'json_schema', name: 'place', schema: SCHEMA } } },
  'anthropic-messages': { output_config: { format: { type: 'json_schema', schema: SCHEMA } } },
} as const satisfies Record<TestDialect, object>;
