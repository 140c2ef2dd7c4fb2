import { textOf } from '../content/json-value.ts';
import { countTokens } from '../content/tokens.ts';
import { asked, objected, type DocumentEndpoint } from '../endpoint.ts';

/** https://docs.claude.com/en/api/messages-count-tokens */
export const countTokensEndpoint: DocumentEndpoint = {
  kind: 'document',
  dialect: 'anthropic-count-tokens',
  provider: 'anthropic',
  method: 'POST',
  path: '/v1/messages/count_tokens',
  read: (body) => {
    const model = textOf(body['model']);
    return model === null ? objected('model: Field required') : asked({ model, inputTokens: 0 });
  },
  reply: (body) => ({
    input_tokens: countTokens(JSON.stringify([body['system'] ?? '', body['tools'] ?? [], body['messages'] ?? []])),
  }),
};
