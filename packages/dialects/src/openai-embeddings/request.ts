import type { RequestFacts, RequestParameters, RequestSchemas } from '@brownout/core';
import type { RequestContent } from '../dialect.ts';
import { asList, asNumber, asObject, asText, present } from '../json.ts';
import { modelInPath } from '../request-fields.ts';

/** https://platform.openai.com/docs/api-reference/embeddings/create */
export function readRequest(body: unknown, path: string): RequestFacts {
  const request = asObject(body);
  const format = asText(request['encoding_format']);
  return {
    operation: 'embeddings',
    model: asText(request['model']) ?? modelInPath(path),
    streaming: false,
    expectsUsage: true,
    parameters: present<RequestParameters>({
      encodingFormats: format === undefined ? undefined : [format],
      embeddingDimensions: asNumber(request['dimensions']),
    }),
  };
}

export function readSchemas(): RequestSchemas {
  return { output: undefined, tool: () => undefined };
}

export function readContent(body: unknown): RequestContent {
  return { inputMessages: inputs(body).map((content) => ({ role: 'user', parts: [{ type: 'text', content }] })) };
}

/** The texts to embed; inputs that are lists of token numbers say nothing to a reader. */
export function inputs(body: unknown): string[] {
  const input = asObject(body)['input'];
  const entries = typeof input === 'string' ? [input] : asList(input);
  return entries.filter((entry) => typeof entry === 'string');
}
