'use strict';
/** What an application sees of its circuit breakers, printed. Times stand in no line. */
const { inspect } = require('node:util');

const broken = new Error('broken');
// Made while modules load, through which the standard instrumentations lead a frame of their own.
broken.stack = 'Error: broken';
const fail = async () => {
  throw broken;
};
const answer = { text: 'answer' };

function print(title, value) {
  console.log(`### ${title}`);
  console.log(inspect(value, { depth: 4, getters: true }));
}

/** How a promise settled; errors by identity where they are the application's own. */
async function settle(promise) {
  try {
    const value = await promise;
    return value === answer ? 'the same answer' : value;
  } catch (error) {
    return error === broken ? 'the same error' : [error.constructor.name, error.code, error.message, frames(error)];
  }
}

/** Names of the functions on a stack that are not ours to see differ: only the application's own frames. */
function frames({ stack }) {
  return stack.split('\n').filter((line) => line.includes(__filename)).length;
}

const listeners = (breaker) => breaker.eventNames().map((event) => [event, breaker.listenerCount(event)]);

async function opossum(Breaker) {
  const create = (action, options) => new Breaker(action, { name: 'program', resetTimeout: 20, ...options });
  print('class', [
    Breaker.name,
    Breaker.length,
    Object.keys(Breaker),
    Object.keys(Breaker.prototype),
    ['fire', 'call', 'open', 'fallback', 'emit'].map((name) => [
      Breaker.prototype[name].name,
      Breaker.prototype[name].length,
    ]),
  ]);
  const events = [];
  const breaker = create((failure) => (failure ? fail() : Promise.resolve(answer)));
  print('a new one', [listeners(breaker), Reflect.ownKeys(breaker), breaker.toJSON().status.fires]);
  for (const event of ['fire', 'success', 'failure', 'open', 'halfOpen', 'close', 'reject', 'fallback', 'timeout']) {
    breaker.on(event, (...args) => events.push([event, args.length]));
  }
  print('success', await settle(breaker.fire()));
  print('failures', [await settle(breaker.fire(true)), await settle(breaker.fire(true))]);
  print('rejected', await settle(breaker.fire()));
  // opossum's own timer lets a process end.
  await new Promise((resolve) => setTimeout(resolve, 60));
  print('probe', await settle(breaker.fire()));
  print('events', events);
  print('listeners', listeners(breaker));
  print('the same breaker is returned', breaker.fallback(() => answer) === breaker);
  print('fallback', await settle(breaker.fire(true)));
  const self = create(fail);
  function instead() {
    return this === instead;
  }
  self.fallback(async function later() {});
  print(
    'with a fallback',
    inspect(self)
      .split('\n')
      .filter((line) => line.includes('later')),
  );
  print('this of a fallback', await settle(self.fallback(instead).fire()));
  const other = create(() => Promise.resolve(answer), { name: 'other' });
  print('breaker as fallback', await settle(create(fail).fallback(other).fire('argument')));
  const thrower = create(() => Promise.resolve(answer));
  thrower.on('fire', () => {
    throw broken;
  });
  try {
    thrower.fire();
  } catch (error) {
    print('a listener that throws', error === broken);
  }
  print(
    'no action',
    (() => {
      try {
        return new Breaker();
      } catch (error) {
        return [error.message, frames(error)];
      }
    })(),
  );
  breaker.shutdown();
  print('shut down', [await settle(breaker.fire()), listeners(breaker), breaker.toJSON().state.shutdown]);
  process.once('unhandledRejection', (error) => print('unhandled', error === broken));
  create(fail).fire();
  await new Promise((resolve) => setTimeout(resolve, 5));
}

async function cockatiel(library) {
  const { circuitBreaker, ConsecutiveBreaker, CircuitBreakerPolicy, FallbackPolicy, handleAll, fallback, retry, wrap } =
    library;
  const create = () => circuitBreaker(handleAll, { halfOpenAfter: 20, breaker: new ConsecutiveBreaker(2) });
  const describe = ({ prototype, name, length }) => [
    name,
    length,
    Reflect.ownKeys(prototype).filter((key) => typeof key === 'string'),
    Object.keys(prototype),
    [prototype.execute.name, prototype.execute.length],
  ];
  print('classes', [describe(CircuitBreakerPolicy), describe(FallbackPolicy)]);
  const breaker = create();
  print('a new one', [Reflect.ownKeys(breaker), breaker]);
  const events = [];
  breaker.onStateChange((state) => events.push(state));
  breaker.onBreak((reason) => events.push(Object.keys(reason)));
  print('success', await settle(breaker.execute(() => answer)));
  print('failures', [await settle(breaker.execute(fail)), await settle(breaker.execute(fail))]);
  print('rejected', await settle(breaker.execute(() => answer)));
  await new Promise((resolve) => setTimeout(resolve, 30));
  print('probe', await settle(breaker.execute(() => answer)));
  const handle = breaker.isolate();
  print('isolated', [Object.keys(handle), await settle(breaker.execute(() => answer)), breaker.toJSON()]);
  handle.dispose();
  print('events', [events, breaker]);
  const policy = fallback(handleAll, async () => answer);
  print('fallback', [await settle(policy.execute(fail)), Reflect.ownKeys(policy), policy]);
  const wrapped = wrap(
    retry(handleAll, { maxAttempts: 2, backoff: { next: () => ({ duration: 0, next: () => undefined }) } }),
    create(),
  );
  print('wrapped', await settle(wrapped.execute(fail)));
  const order = [];
  const done = [
    create()
      .execute(() => 1)
      .then(() => order.push('breaker')),
  ];
  for (let tick = 0; tick < 10; tick++) done.push(afterTicks(tick).then(() => order.push(tick)));
  await Promise.all(done);
  print('order of microtasks', order);
  process.once('unhandledRejection', (error) => print('unhandled', error === broken));
  create().execute(fail);
  await new Promise((resolve) => setTimeout(resolve, 5));
}

async function afterTicks(ticks) {
  for (let tick = 0; tick < ticks; tick++) await undefined;
}

/** What nobody handles ends the process as it does without us. */
async function end(library, loaded) {
  if (library.startsWith('opossum')) await new loaded(fail, { name: 'end' }).fire();
  else
    await loaded
      .circuitBreaker(loaded.handleAll, { halfOpenAfter: 20, breaker: new loaded.ConsecutiveBreaker(2) })
      .execute(fail);
}

module.exports = async (library, loaded, program) => {
  if (program === 'end') void end(library, loaded);
  else await (library.startsWith('opossum') ? opossum(loaded) : cockatiel(loaded));
};
