// Answers one ticket: searches, asks a model that is in trouble, asks another, looks the order up, answers.
import { createServer } from 'node:http';
import Anthropic from '@anthropic-ai/sdk';
import { task, useCase } from '@brownout/api';
import { OpenAI } from 'openai';

const { SEARCH_URL, MODEL_URL, BROKEN_MODEL_URL } = process.env;
const openai = new OpenAI({ apiKey: 'none', baseURL: `${BROKEN_MODEL_URL}/v1`, maxRetries: 1 });
const anthropic = new Anthropic({ apiKey: 'none', baseURL: MODEL_URL });

async function answer(question) {
  const passages = await (await fetch(`${SEARCH_URL}/?q=${encodeURIComponent(question)}`)).json();
  const messages = [{ role: 'user', content: `${question} ${passages.join(' ')}` }];
  try {
    await openai.chat.completions.create({ model: 'gpt-5', messages });
  } catch {
    await anthropic.messages.create({ model: 'claude-sonnet-5', max_tokens: 100, messages });
  }
  return (await fetch(`${SEARCH_URL}/orders/7`)).text();
}

const server = createServer((request, response) =>
  useCase('support', () =>
    task('answer-ticket', async () => {
      response.end(await answer('Where is my order?'));
      server.close();
    }),
  ),
);
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
