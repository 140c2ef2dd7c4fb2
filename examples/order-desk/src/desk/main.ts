import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { Pool } from 'pg';
import { answerQuestion } from './answer-question.ts';
import type { Desk } from './answer-question.ts';
import { anthropicModel } from './models/anthropic-model.ts';
import { openaiModel } from './models/openai-model.ts';

const { PORT = '3000', ORDERS_URL = 'http://127.0.0.1:3001' } = process.env;
const { OPENAI_MODEL = 'gpt-5-mini', ANTHROPIC_MODEL = 'claude-haiku-5-5' } = process.env;

// The database is PGHOST and so on; the keys and addresses of the models are OPENAI_… and ANTHROPIC_….
const desk: Desk = {
  database: new Pool(),
  models: [
    openaiModel(new OpenAI({ maxRetries: 1 }), OPENAI_MODEL),
    anthropicModel(new Anthropic({ maxRetries: 1 }), ANTHROPIC_MODEL),
  ],
  ordersUrl: ORDERS_URL,
};

/** `POST /questions` with `{"question": "…"}`. */
const server = createServer((request, response) => {
  const reply = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  json(request)
    .then((body) => answerQuestion(desk, String((body as { question?: unknown }).question)))
    .then(
      (answer) => reply(200, answer),
      (error: unknown) => {
        console.error(error);
        reply(502, { error: 'no answer at the moment, please try again' });
      },
    );
});
server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => {
  server.close();
  void desk.database.end();
});
