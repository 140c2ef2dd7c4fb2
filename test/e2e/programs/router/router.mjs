// A router of its own: models in the order of preference, and a canned answer behind them. No trace, no task.
import Anthropic from '@anthropic-ai/sdk';
import { recordFallback } from '@brownout/api';
import { OpenAI } from 'openai';

const { MODEL_URL, BROKEN_MODEL_URL } = process.env;
const gpt = (url) => (question) =>
  new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 }).chat.completions
    .create({ model: 'gpt-5', messages: [{ role: 'user', content: question }] })
    .then(({ choices }) => choices[0].message.content);
const claude = (url) => (question) =>
  new Anthropic({ apiKey: 'none', baseURL: url, maxRetries: 0 }).messages
    // Reworded, so that nothing could be inferred.
    .create({ model: 'claude-opus-5', max_tokens: 100, messages: [{ role: 'user', content: `Briefly: ${question}` }] })
    .then(({ content }) => content[0].text);

async function route(models, question) {
  for (const [index, { provider, model, ask }] of models.entries()) {
    await new Promise((resolve) => setImmediate(resolve));
    try {
      return await ask(question);
    } catch {
      const next = models[index + 1];
      recordFallback({ from: { provider, model }, to: next ?? 'none' });
    }
  }
  return 'We will call you back.';
}

const GPT = { provider: 'openai', model: 'gpt-5' };
const CLAUDE = { provider: 'anthropic', model: 'claude-opus-5' };
const answers = [
  await route([{ ...GPT, ask: gpt(MODEL_URL) }], 'Is all well?'),
  await route(
    [
      { ...GPT, ask: gpt(BROKEN_MODEL_URL) },
      { ...CLAUDE, ask: claude(MODEL_URL) },
    ],
    'Where is it?',
  ),
  await route(
    [
      { ...GPT, ask: gpt(BROKEN_MODEL_URL) },
      { ...CLAUDE, ask: claude(BROKEN_MODEL_URL) },
    ],
    'And now?',
  ),
];
console.log(answers.map((text) => text.length > 0).join(), answers[2]);

if (process.env.MISUSE) {
  const from = GPT;
  const thrower = {
    from,
    get to() {
      throw new Error('a getter of the application');
    },
  };
  const reports = [
    undefined,
    'gpt-5',
    {},
    { from: 'gpt-5' },
    { from, to: 'claude-opus-5' },
    { from, to: from },
    thrower,
    { from: { provider: 'OpenAI', model: 'gpt-5' }, to: 'none' },
    { from, to: 'none', reason: 'socket hang up' },
    { from, to: 'none', mechanism: 'router' },
  ];
  await gpt(BROKEN_MODEL_URL)('Still?').catch(() => {});
  for (const report of [...reports, ...reports]) console.log(String(recordFallback(report)));
}
