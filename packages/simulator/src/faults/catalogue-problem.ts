import type { FaultDefinition } from './fault.ts';

const common = { parameters: {}, appliesTo: 'both', operations: 'all' } as const;

const wait = (seconds: number) =>
  ({
    retryAfterSeconds: {
      type: 'integer',
      unit: 's',
      default: seconds,
      description: 'The Retry-After header',
    },
  }) as const satisfies FaultDefinition['parameters'];

/** Faults that are an error status with the provider's own error body. */
export const PROBLEM_FAULTS = {
  rate_limited: {
    ...common,
    title: '429 without Retry-After',
    description: 'The rate limit is used up and the response does not say for how long.',
    expects: 'rate_limited',
  },
  rate_limited_short_wait: {
    ...common,
    title: '429 with a short Retry-After',
    description: 'The rate limit is used up for about a second.',
    parameters: wait(1),
    expects: 'rate_limited',
  },
  rate_limited_long_wait: {
    ...common,
    title: '429 with a long Retry-After',
    description: 'The rate limit is used up for longer than a caller can wait.',
    parameters: wait(90),
    expects: 'rate_limited',
  },
  insufficient_quota: {
    ...common,
    title: 'Quota or credit used up',
    description:
      'OpenAI: 429 insufficient_quota. Anthropic: 400 with the message on the credit balance, or 402 billing_error.',
    parameters: {
      status: {
        type: 'integer',
        default: 400,
        description: "Anthropic's status: 400 (invalid_request_error) or 402 (billing_error)",
        options: ['400', '402'],
      },
    },
    expects: 'quota_exhausted',
  },
  unauthorized: { ...common, title: '401', description: 'The API key is wrong.', expects: 'auth' },
  forbidden: { ...common, title: '403', description: 'The API key may not do this.', expects: 'auth' },
  bad_request: { ...common, title: '400', description: 'The request is not valid.', expects: 'bad_request' },
  not_found: { ...common, title: '404', description: 'The model does not exist.', expects: 'bad_request' },
  internal_server_error: { ...common, title: '500', description: 'The provider failed.', expects: 'server_error' },
  bad_gateway: {
    ...common,
    title: '502',
    description: "A proxy's HTML page in front of a provider that did not answer it.",
    expects: 'server_error',
  },
  service_unavailable: { ...common, title: '503', description: 'The provider is overloaded.', expects: 'overloaded' },
  overloaded: { ...common, title: '529', description: 'The provider is overloaded.', expects: 'overloaded' },
} as const satisfies Record<string, FaultDefinition>;
