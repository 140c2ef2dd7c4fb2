import { asked, type DocumentEndpoint } from '../endpoint.ts';

const MODELS = ['gpt-5', 'gpt-5-mini', 'gpt-4o', 'gpt-4o-mini', 'text-embedding-3-small', 'text-embedding-3-large'];

/** https://platform.openai.com/docs/api-reference/models/list. Any other model name is answered too. */
export const models: DocumentEndpoint = {
  kind: 'document',
  dialect: 'openai-models',
  provider: 'openai',
  method: 'GET',
  path: '/v1/models',
  read: () => asked({ model: '', inputTokens: 0 }),
  reply: () => ({
    object: 'list',
    data: MODELS.map((id) => ({ id, object: 'model', created: 1_786_060_800, owned_by: 'system' })),
  }),
};
