import { listOf, numberOf, textOf } from '../content/json-value.ts';
import { createRandom } from '../content/random.ts';
import { countTokens } from '../content/tokens.ts';
import { asked, objected, type DocumentEndpoint } from '../endpoint.ts';

/** https://platform.openai.com/docs/api-reference/embeddings */
export const embeddings: DocumentEndpoint = {
  kind: 'document',
  dialect: 'openai-embeddings',
  provider: 'openai',
  method: 'POST',
  path: '/v1/embeddings',
  read: (body) => {
    const model = textOf(body['model']);
    if (model === null) return objected('you must provide a model parameter');
    const inputs = inputsOf(body['input']);
    if (inputs.length === 0) {
      return objected("'$.input' is invalid. Please check the API reference.", 'input');
    }
    return asked({ model, inputTokens: inputs.reduce((sum: number, input) => sum + sizeOf(input), 0) });
  },
  reply: (body, model) => {
    const inputs = inputsOf(body['input']);
    const size = numberOf(body['dimensions']) ?? (model.endsWith('3-large') ? 3072 : 1536);
    const tokens = inputs.reduce((sum: number, input) => sum + sizeOf(input), 0);
    return {
      object: 'list',
      data: inputs.map((input, index) => ({
        object: 'embedding',
        index,
        embedding: encode(vectorOf(`${model}/${JSON.stringify(input)}`, size), body['encoding_format']),
      })),
      model,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    };
  },
};

/** A text, a list of texts, a list of token numbers, or a list of such lists. */
function inputsOf(input: unknown): unknown[] {
  if (typeof input === 'string') return [input];
  const list = listOf(input);
  return typeof list[0] === 'number' ? [list] : list;
}

function sizeOf(input: unknown): number {
  return typeof input === 'string' ? countTokens(input) : listOf(input).length;
}

/** The same text always gets the same vector, of length 1. */
function vectorOf(text: string, size: number): Float32Array {
  const random = createRandom(text);
  const vector = Float32Array.from({ length: size }, () => random.next() * 2 - 1);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** The official SDKs ask for `base64`, little-endian 32-bit floats, and decode it for the caller. */
function encode(vector: Float32Array, format: unknown): number[] | string {
  return format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector];
}
