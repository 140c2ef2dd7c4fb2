// A service that summarises without an end, its calls behind a retry policy and a breaker, until it is told to end.
import { setTimeout as sleep } from 'node:timers/promises';
import { useCase } from '@brownout/api';
import { ConstantBackoff, handleAll, retry } from 'cockatiel';
import OpenAI from 'openai';
import CircuitBreaker from 'opossum';

const openai = new OpenAI({ maxRetries: 0 });
const again = retry(handleAll, { maxAttempts: 1, backoff: new ConstantBackoff(50) });
const messages = [{ role: 'user', content: 'Sum it up.' }];
const summarise = () =>
  again.execute(async () => {
    const { choices } = await openai.chat.completions.create({ model: 'gpt-5-mini', messages });
    if (!choices[0]?.message.content) throw new Error('empty');
  });
const breaker = new CircuitBreaker(summarise, {
  name: 'summaries',
  timeout: 3000,
  errorThresholdPercentage: 1,
  volumeThreshold: 4,
  resetTimeout: 5000,
});

let ended = false;
process.once('SIGTERM', () => {
  ended = true;
});
console.log('summarising');
while (!ended) {
  await useCase('summaries', () => breaker.fire()).catch(() => undefined);
  await sleep(200);
}
breaker.shutdown();
