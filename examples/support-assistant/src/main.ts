import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { answerTicket, type Assistant } from './answer-ticket.ts';
import { ARTICLES } from './articles.ts';
import { createKnowledgeBase } from './knowledge-base.ts';
import { anthropicProvider, openaiProvider } from './providers.ts';
import { createTicketServer } from './server.ts';
import { readSettings } from './settings.ts';

const settings = readSettings(process.env);
const openai = new OpenAI();

const assistant: Assistant = {
  knowledgeBase: await createKnowledgeBase(openai, settings.embeddingModel, ARTICLES),
  providers: [
    openaiProvider(openai, settings.openaiModel),
    anthropicProvider(new Anthropic(), settings.anthropicModel),
  ],
  answerTimeoutMilliseconds: settings.answerTimeoutMilliseconds,
};

const server = createTicketServer((question) => answerTicket(assistant, question));
server.listen(settings.port, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => server.close());
