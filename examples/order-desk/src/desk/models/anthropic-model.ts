import type Anthropic from '@anthropic-ai/sdk';
import { MOST_TURNS, orderOf, TOOL } from './model.ts';
import type { LookUp, Model, Question } from './model.ts';

type Message = Anthropic.MessageParam;

export function anthropicModel(client: Anthropic, name: string): Model {
  return { provider: 'anthropic', name, answer: (question, lookUp) => converse(client, name, question, lookUp) };
}

async function converse(client: Anthropic, model: string, question: Question, lookUp: LookUp): Promise<string> {
  const { instructions, text, orders } = question;
  const { name, description, parameters } = TOOL;
  const tool = { name, description, input_schema: parameters(orders) };
  const messages: Message[] = [{ role: 'user', content: text }];
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const tools = orders.length > 0 ? { tools: [tool] } : {};
    const asked = { model, max_tokens: 1024, system: instructions, messages, ...tools };
    const { content } = await client.messages.create(asked);
    const calls = content.filter((block) => block.type === 'tool_use');
    if (calls.length === 0) return content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
    const results = calls.map(async ({ id, input }) => ({
      type: 'tool_result' as const,
      tool_use_id: id,
      content: await lookUp(orderOf(input)),
    }));
    messages.push({ role: 'assistant', content }, { role: 'user', content: await Promise.all(results) });
  }
  throw new Error(`${model} asked for its tool ${MOST_TURNS} times`);
}
