import { asked, type DocumentEndpoint } from '../endpoint.ts';

const MODELS = [
  { id: 'claude-opus-5-5', display_name: 'Claude Opus 5.5' },
  { id: 'claude-sonnet-5-5', display_name: 'Claude Sonnet 5.5' },
  { id: 'claude-haiku-5-5', display_name: 'Claude Haiku 5.5' },
] as const;

/** https://docs.claude.com/en/api/models-list. Any other model name is answered too. */
export const models: DocumentEndpoint = {
  kind: 'document',
  dialect: 'anthropic-models',
  provider: 'anthropic',
  method: 'GET',
  path: '/v1/models',
  read: () => asked({ model: '', inputTokens: 0 }),
  reply: () => ({
    data: MODELS.map((model) => ({ type: 'model', ...model, created_at: '2026-08-07T00:00:00Z' })),
    has_more: false,
    first_id: MODELS[0].id,
    last_id: MODELS[2].id,
  }),
};
