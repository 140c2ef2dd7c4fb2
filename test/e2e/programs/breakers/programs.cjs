'use strict';
/** What an application sees of its circuit breakers, printed. Times stand in no line. */
const { AsyncLocalStorage } = require('node:async_hooks');
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
  await cockatielPolicies(library);
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

/** Retries, timeouts and bulkheads: what comes out, what their listeners hear, and in which order. */
async function cockatielPolicies(library) {
  const { bulkhead, BulkheadPolicy, ConstantBackoff, handleAll, retry, RetryPolicy } = library;
  const { timeout, TimeoutPolicy, TimeoutStrategy, wrap, EventEmitter, usePolicy } = library;
  for (const { prototype, name, length } of [RetryPolicy, TimeoutPolicy, BulkheadPolicy, EventEmitter]) {
    const { execute, emit } = prototype;
    print(`class ${name}`, [length, Reflect.ownKeys(prototype).filter((key) => typeof key === 'string')]);
    print(`methods of ${name}`, [execute?.name, execute?.length, emit?.name, emit?.length, Object.keys(prototype)]);
  }
  const untilAborted = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(broken), { once: true }));
  const heard = [];
  const retrying = retry(handleAll, { maxAttempts: 2, backoff: new ConstantBackoff(1) });
  retrying.onRetry(({ attempt, delay, error }) => heard.push(['retry', attempt, delay, error === broken]));
  retrying.onGiveUp(({ error }) => heard.push(['gave up', error === broken]));
  print('retry', [await settle(retrying.execute(fail)), await settle(retrying.execute(() => answer)), retrying]);
  print('arguments', await retrying.execute((...args) => [args.length, Object.keys(args[0])]));
  for (const strategy of [TimeoutStrategy.Cooperative, TimeoutStrategy.Aggressive]) {
    const policy = timeout(5, strategy);
    policy.onTimeout(() => heard.push('timeout'));
    print(`timeout ${strategy}`, [await settle(policy.execute(untilAborted)), policy]);
    print('in time', await settle(policy.execute(() => answer)));
    const caller = new AbortController();
    const cancelled = policy.execute(untilAborted, caller.signal);
    caller.abort();
    print('cancelled', await settle(cancelled));
    print('no function', await settle(policy.execute()));
  }
  const limited = bulkhead(1, 1);
  limited.onReject(() => heard.push('rejected'));
  const calls = [1, 2, 3].map((number) => settle(limited.execute(async () => number)));
  print('bulkhead', [await Promise.all(calls), limited.executionSlots, limited.queueSlots]);
  const context = new AsyncLocalStorage();
  const inContext = (name) => context.run(name, () => limited.execute(async () => context.getStore()));
  print('contexts of one that waited and of the one before it', await Promise.all(['first', 'second'].map(inContext)));
  print('an aborted call', await settle(limited.execute(() => answer, AbortSignal.abort())));
  retrying.onRetry(() => {
    throw new Error('from a listener');
  });
  print('a listener that throws', await settle(retrying.execute(fail)));
  print('wrapped policies', await settle(wrap(retry(handleAll, { maxAttempts: 1 }), limited).execute(fail)));
  const decorated = { value: async (...args) => args.length };
  usePolicy(limited)(undefined, 'method', decorated);
  print('decorated', await settle(decorated.value('a', 'b')));
  print('heard', heard);
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
