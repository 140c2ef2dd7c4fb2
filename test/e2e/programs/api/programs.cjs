'use strict';
/** What an application sees of what it says of itself, printed; the bare program's lines are the expectation. */
const { inspect } = require('node:util');
const { AsyncLocalStorage } = require('node:async_hooks');

const print = (title, value) => console.log(`### ${title}\n${inspect(value, { depth: 4 })}`);

class OwnError extends Error {}

/** How it went; errors by identity. */
async function settle(run, expected) {
  try {
    return ['value', await run()];
  } catch (error) {
    return ['error', error === expected, error.constructor.name, Object.keys(error)];
  }
}

const later = (value) => new Promise((resolve) => setImmediate(resolve, value));

module.exports.everything = async ({ task, useCase, recordOutcome, recordFallback }, OpenAI) => {
  const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.SIMULATOR_URL}/v1`, maxRetries: 0 });
  const ask = (more) =>
    client.chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: 'Hello?' }], ...more });
  const error = Object.assign(new OwnError('from the application'), { code: 'EOWN' });
  const object = Object.freeze({ text: 'answer' });

  for (const [name, wrap] of Object.entries({ task, useCase })) {
    print(`${name}, shape`, [wrap.name, wrap.length]);
    for (const value of [undefined, null, 0, '', object, () => 1, Symbol.for('a')]) {
      print(`${name} returns ${typeof value}`, wrap('sync', () => value) === value);
    }
    const thrower = (thrown) => () => {
      throw thrown;
    };
    for (const thrown of [error, undefined, null, 'text', Object.freeze({})]) {
      try {
        wrap('sync', thrower(thrown));
      } catch (caught) {
        print(`${name} throws ${typeof thrown}`, caught === thrown);
      }
    }
    print(`${name}, async`, [
      await settle(() => wrap('async', async () => later(object))),
      await settle(() => wrap('async', async () => later().then(thrower(error))), error),
      await settle(() => wrap('async', () => Promise.reject(error)), error),
    ]);
    print(
      `${name}, kinds of promises`,
      [async () => 1, () => later(2), () => ({ then: (resolve) => resolve(3) })].map((run) => {
        const returned = wrap('kinds', run);
        return [returned.constructor.name, inspect(returned instanceof Promise)];
      }),
    );
    const thenable = { then: (resolve) => resolve('once') };
    print(`${name}, a thenable`, [
      wrap('thenable', () => thenable) === thenable,
      await wrap('thenable', () => thenable),
    ]);
    class OwnPromise extends Promise {}
    const own = OwnPromise.resolve(4);
    print(`${name}, a promise of a class of its own`, [wrap('own', () => own) === own, await own]);
    const promise = ask();
    print(`${name}, an SDK's promise`, wrap('sdk', () => promise) === promise);
    const { data, response } = await wrap('sdk', () => ask()).withResponse();
    print(`${name}, with its response`, [data.choices.length, response.status]);
    print(`${name}, stack`, framesOf(wrap));
    print(
      `${name}, arguments`,
      wrap('arguments', (...args) => args),
    );
    const store = new AsyncLocalStorage();
    print(`${name}, context`, await store.run('mine', () => wrap('context', async () => later(store.getStore()))));
    print(
      `${name}, bad names`,
      [undefined, '', 5, 'é'.repeat(5000)].map((bad) => wrap(bad, () => 'ran')),
    );
    print(`${name}, a generator`, [...wrap('generator', () => numbers())]);
    const streamed = [];
    for await (const number of wrap('stream', () => numbersLater())) streamed.push(number);
    for await (const number of await wrap('stream', async () => numbersLater())) streamed.push(number);
    print(`${name}, a stream of its own`, streamed);
    let chunks = 0;
    for await (const chunk of await wrap('stream', async () => ask({ stream: true }))) chunks += chunk.choices.length;
    print(`${name}, a stream of the SDK`, chunks > 2);
    const broken = wrap('stream', () => brokenStream(error));
    print(
      `${name}, a stream that breaks`,
      await settle(async () => {
        for await (const number of broken) print('number', number);
      }, error),
    );
  }

  print('reports outside of a task', [
    recordOutcome('failure'),
    recordFallback({ from: { provider: 'a', model: 'b' } }),
  ]);
  print(
    'nested',
    await settle(
      () =>
        useCase('a', () =>
          task('outer', async () => {
            const inner = await settle(() => task('inner', () => useCase('b', () => Promise.reject(error))), error);
            recordOutcome('failure');
            recordFallback({ from: { provider: 'openai', model: 'gpt-5' }, to: 'none' });
            return [inner, (await ask()).choices.length];
          }),
        ),
      error,
    ),
  );
  const many = await Promise.all(
    Array.from({ length: 200 }, (_, index) => task(`many ${index % 3}`, () => later(index))),
  );
  print('at the same time', many.length);
};

function* numbers() {
  yield 1;
  yield 2;
}

async function* numbersLater() {
  yield later(1);
  yield later(2);
}

async function* brokenStream(error) {
  yield 1;
  throw error;
}

/** Frames of the application on a stack that passes through. */
function framesOf(wrap) {
  return wrap('stack', () => new Error('here').stack.split('\n').filter((line) => line.includes(__filename)).length);
}

/** What nobody handles ends the process as it does without us. Each is a process of its own. */
module.exports.ends = {
  'throws out of a task': ({ task }) =>
    task('thrown', () => {
      throw new OwnError('nobody catches this');
    }),
  'rejects out of a task': ({ task }) =>
    void task('rejected', async () => later().then(() => Promise.reject(new OwnError('nobody')))),
  'rejects out of nested tasks': ({ task, useCase }) =>
    void useCase('a', () => task('outer', () => task('inner', () => Promise.reject(new OwnError('nobody'))))),
  'listens to what nobody handles': ({ task }) => {
    process.on('unhandledRejection', (reason) => print('unhandled', reason.message));
    void task('rejected', () => Promise.reject(new OwnError('heard')));
  },
  'handles late': ({ task }) => {
    process.on('unhandledRejection', (reason) => print('unhandled', reason.message));
    process.on('rejectionHandled', () => print('handled', true));
    const rejected = task('rejected', async () => Promise.reject(new OwnError('late')));
    setTimeout(() => void rejected.catch((error) => print('caught', error.message)), 20);
  },
  'never awaits an SDK call that fails': ({ task }, OpenAI) => {
    const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.SIMULATOR_URL}/~unauthorized/v1` });
    void task('sdk', () => client.models.list());
  },
  'exits inside of a task': ({ task }) => task('exit', () => process.exit(3)),
  'sets an exit code': ({ task }) =>
    void task('code', async () => {
      await later();
      process.exitCode = 4;
    }),
  'never ends its task': ({ task }) => void task('endless', () => new Promise(() => {})),
};
