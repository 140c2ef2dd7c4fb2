import type { FaultDefinition, ParameterDefinition } from './fault.ts';

const afterTokens = {
  type: 'integer',
  unit: 'token',
  default: 12,
  description: 'Tokens of the answer that still come',
} as const satisfies ParameterDefinition;

/** Faults of what the model says; the wire is healthy. */
export const ANSWER_FAULTS = {
  empty_completion: {
    title: 'Empty completion',
    description: 'A finished answer with a finish reason, usage, and no content at all.',
    parameters: {},
    appliesTo: 'both',
    operations: 'generation',
    expects: 'empty_output',
    expectsAnomaly: 'empty_output',
  },
  length_stop: {
    title: 'Stopped by a length limit',
    description:
      'The answer ends mid-sentence with the finish reason of a length limit (length, max_output_tokens, max_tokens).',
    parameters: { afterTokens },
    appliesTo: 'both',
    operations: 'generation',
    requires: 'prose',
    expects: 'truncated',
    expectsAnomaly: 'truncated',
  },
  refusal: {
    title: 'Refusal',
    description: 'The model refuses from the start (message.refusal, a refusal part, stop_reason refusal).',
    parameters: {},
    appliesTo: 'both',
    operations: 'generation',
    expects: 'blocked',
    expectsAnomaly: 'blocked',
  },
  content_filter: {
    title: 'Content filter',
    description:
      'A filter stops the answer in the middle (finish_reason content_filter, incomplete_details, stop_reason refusal).',
    parameters: { afterTokens },
    appliesTo: 'both',
    operations: 'generation',
    expects: 'blocked',
    expectsAnomaly: 'blocked',
  },
  invalid_tool_arguments: {
    title: 'Invalid tool arguments',
    description: 'The arguments of the tool call are no JSON.',
    parameters: {},
    appliesTo: 'both',
    operations: 'generation',
    requires: 'tools',
    expects: 'malformed_output',
    expectsAnomaly: 'invalid_tool_arguments',
    except: {
      provider: 'anthropic',
      streamed: false,
      because: 'Anthropic sends the input of a tool as an object when it answers in one piece',
    },
  },
  broken_structured_output: {
    title: 'Broken structured output',
    description: 'JSON was asked for; what comes does not parse, with an ordinary finish reason.',
    parameters: {
      form: {
        type: 'text',
        default: 'cut',
        options: ['cut', 'prose'],
        description: 'JSON that stops in the middle, or prose in its place',
      },
    },
    appliesTo: 'both',
    operations: 'generation',
    requires: 'structured_output',
    expects: 'malformed_output',
    expectsAnomaly: 'malformed_output',
  },
  repetition_loop: {
    title: 'Repetition loop',
    description: 'After a healthy beginning the model says the same sentence over and over.',
    parameters: {
      repeats: { type: 'integer', default: 12, description: 'How often the sentence comes' },
      numbered: {
        type: 'boolean',
        default: false,
        description: 'Counts up in every sentence, so that no two are equal',
      },
    },
    appliesTo: 'both',
    operations: 'generation',
    requires: 'prose',
    expects: 'repetition',
    expectsAnomaly: 'repetition',
  },
  garbled_text: {
    title: 'Garbled text',
    description: 'A share of the letters comes as U+FFFD, the mark of a broken decoder.',
    parameters: {
      characterShare: { type: 'number', unit: 'share', default: 0.2, description: 'Share of the letters, 0 to 1' },
    },
    appliesTo: 'both',
    operations: 'generation',
    requires: 'prose',
    expects: 'ok',
    expectsAnomaly: 'garbled',
  },
  substituted_model: {
    title: 'Substituted model',
    description: 'The response names a model that is no version of the requested one.',
    parameters: {
      model: { type: 'text', default: '', description: 'The model named; by default a small one of the same provider' },
    },
    appliesTo: 'both',
    operations: 'generation',
    expects: 'model_substituted',
    expectsAnomaly: 'model_substituted',
  },
  missing_usage: {
    title: 'Missing usage',
    description: 'No token counts, although they were asked for (on a chat stream: stream_options.include_usage).',
    parameters: {},
    appliesTo: 'both',
    operations: 'generation',
    expects: 'ok',
    expectsAnomaly: { streamed: 'usage_missing', whole: null },
    needsClient: 'stream_options.include_usage on a chat stream; there a stream without usage is otherwise normal',
  },
} as const satisfies Record<string, FaultDefinition>;
