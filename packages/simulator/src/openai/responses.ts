import type { Ask } from '../content/answer.ts';
import { isObject, listOf, numberOf, objectOf, textOf, type JsonObject } from '../content/json-value.ts';
import { countTokens } from '../content/tokens.ts';
import { asked, objected, type GenerationEndpoint, type Reading } from '../endpoint.ts';
import { failedResponse, finishedResponse } from './response-object.ts';
import { responsesErrorFrames, responsesFrames } from './responses-stream.ts';

/** https://platform.openai.com/docs/api-reference/responses */
export const responses: GenerationEndpoint = {
  kind: 'generation',
  dialect: 'openai-responses',
  provider: 'openai',
  method: 'POST',
  path: '/v1/responses',
  keepAlive: ': keep-alive\n\n',
  read,
  whole: (answer, rendering) => finishedResponse(answer, rendering),
  frames: responsesFrames,
  wholeError: (kind, rendering) => failedResponse(kind, rendering, rendering.ask.model),
  errorFrames: responsesErrorFrames,
};

function read(body: JsonObject): Reading<Ask> {
  const model = textOf(body['model']);
  if (model === null) return objected("Missing required parameter: 'model'.", 'model');
  const input = body['input'];
  if (typeof input !== 'string' && listOf(input).length === 0) {
    return objected("Missing required parameter: 'input'.", 'input');
  }
  const format = objectOf(objectOf(body['text'])['format']);
  const last = objectOf(listOf(input).at(-1));
  return asked({
    model,
    streamed: body['stream'] === true,
    inputTokens: countTokens(JSON.stringify([body['instructions'] ?? '', input, body['tools'] ?? []])),
    outputLimit: numberOf(body['max_output_tokens']),
    choices: 1,
    tool: last['type'] === 'function_call_output' ? null : chooseTool(body),
    json:
      format['type'] === 'json_schema' || format['type'] === 'json_object'
        ? { schema: format['schema'] ?? null }
        : null,
    cacheKey: null,
  });
}

function chooseTool(body: JsonObject): Ask['tool'] {
  const choice = body['tool_choice'];
  if (choice === 'none') return null;
  const functions = listOf(body['tools']).filter((tool) => isObject(tool) && tool['type'] === 'function');
  const wanted = objectOf(choice)['name'];
  const chosen = functions.map(objectOf).find((tool) => wanted === undefined || tool['name'] === wanted);
  const name = textOf(chosen?.['name']);
  return name === null ? null : { name, schema: chosen?.['parameters'] ?? null };
}
