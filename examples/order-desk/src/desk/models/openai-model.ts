import type OpenAI from 'openai';
import { MOST_TURNS, orderOf, TOOL } from './model.ts';
import type { LookUp, Model, Question } from './model.ts';

type Message = OpenAI.Chat.ChatCompletionMessageParam;
type ToolCall = OpenAI.Chat.ChatCompletionMessageToolCall;

export function openaiModel(client: OpenAI, name: string): Model {
  return { provider: 'openai', name, answer: (question, lookUp) => converse(client, name, question, lookUp) };
}

async function converse(client: OpenAI, model: string, question: Question, lookUp: LookUp): Promise<string> {
  const { instructions, text, orders } = question;
  const { name, description, parameters } = TOOL;
  const tool = { type: 'function' as const, function: { name, description, parameters: parameters(orders) } };
  const messages: Message[] = [
    { role: 'system', content: instructions },
    { role: 'user', content: text },
  ];
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const tools = orders.length > 0 ? { tools: [tool] } : {};
    const { choices } = await client.chat.completions.create({ model, messages, ...tools });
    const message = choices[0]?.message;
    if (message?.tool_calls === undefined) return message?.content ?? '';
    messages.push(message, ...(await Promise.all(message.tool_calls.map((call) => runTool(call, lookUp)))));
  }
  throw new Error(`${model} asked for its tool ${MOST_TURNS} times`);
}

async function runTool(call: ToolCall, lookUp: LookUp): Promise<Message> {
  const input: unknown = call.type === 'function' ? JSON.parse(call.function.arguments) : undefined;
  return { role: 'tool', tool_call_id: call.id, content: await lookUp(orderOf(input)) };
}
