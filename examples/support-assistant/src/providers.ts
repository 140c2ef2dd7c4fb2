import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';

export interface Question {
  readonly instructions: string;
  readonly text: string;
}

/** One of the models that can answer. Throws where it does not. */
export interface Provider {
  readonly name: string;
  answer(question: Question, signal: AbortSignal): Promise<string>;
}

export function openaiProvider(client: OpenAI, model: string): Provider {
  return {
    name: 'openai',
    answer: async ({ instructions, text }, signal) => {
      const events = await client.responses.create({ model, instructions, input: text, stream: true }, { signal });
      let answer = '';
      for await (const event of events) {
        if (event.type === 'response.output_text.delta') answer += event.delta;
      }
      return answer;
    },
  };
}

export function anthropicProvider(client: Anthropic, model: string): Provider {
  return {
    name: 'anthropic',
    answer: async ({ instructions, text }, signal) => {
      const stream = client.messages.stream(
        { model, max_tokens: 1024, system: instructions, messages: [{ role: 'user', content: text }] },
        { signal },
      );
      return stream.finalText();
    },
  };
}
