// A service that puts an id into the name of its use case, until it is told to end.
import { setTimeout as sleep } from 'node:timers/promises';
import { useCase } from '@brownout/api';
import OpenAI from 'openai';

const openai = new OpenAI({ maxRetries: 0 });
const messages = [{ role: 'user', content: 'Sum it up.' }];

let ended = false;
process.once('SIGTERM', () => {
  ended = true;
});
for (let id = 0; !ended; id += 1) {
  await useCase(`ticket-${id}`, () => openai.chat.completions.create({ model: 'gpt-5-mini', messages })).catch(
    () => undefined,
  );
  await sleep(500);
}
