'use strict';
const { inspect } = require('node:util');

/**
 * Prints what a program can see of a value: every own property, the class, the prototype chain's names. Nothing is
 * hidden or rounded here; what varies between two bare runs (ports, ids, dates) is normalised by the test alone.
 */
const show = (value) =>
  typeof value === 'string'
    ? value
    : inspect(value, { depth: 8, breakLength: 160, maxArrayLength: 400, maxStringLength: 20_000 });

const headersOf = (headers) => (headers ? [...headers].map(([name, value]) => `${name}: ${value}`) : headers);

const classesOf = (value) => {
  const names = [];
  for (let at = Object.getPrototypeOf(value); at !== null; at = Object.getPrototypeOf(at))
    names.push(at.constructor?.name);
  // A class may stand in the chain twice: what is kept of a tapped response's own prototype is its place below the native one.
  return names.filter((name, index) => name !== names[index - 1]).join(' < ');
};

/**
 * Frames that say nothing about the program: Node's own depend on the phase of its event loop, and a preload that wraps
 * a function stands in the stack of an error that is made inside it. Every other frame has to be the same.
 */
const SKIPPED =
  /\bnode:internal\b|[\\/]packages[\\/](instrumentation|preload|core|dialects|api)[\\/]dist[\\/]|[\\/]@opentelemetry[\\/]/;

const framesOf = ({ stack }) =>
  String(stack)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at ') && !SKIPPED.test(line));

/** Enough that leaving Node's own frames out leaves the same frames every time. */
Error.stackTraceLimit = 40;

/** Everything that a `catch` block can read from an error of an SDK: causes included, and the stack. */
const describeError = (error, depth = 0) => {
  if (!(error instanceof Error)) return `threw ${show(error)}`;
  const lines = [`${classesOf(error)} | ${error.name}: ${error.message}`];
  for (const key of Object.keys(error).toSorted()) {
    const value = error[key];
    if (key === 'cause') continue;
    lines.push(`${key} = ${value instanceof Headers ? show(headersOf(value)) : show(value)}`);
  }
  lines.push(...framesOf(error));
  if (error.cause !== undefined && depth < 3) lines.push(`caused by ${describeError(error.cause, depth + 1)}`);
  return lines.join('\n  ');
};

/** One program's lines, kept apart so that programs which wait may run at the same time. */
const createTranscript = () => {
  const lines = [];
  const say = (...values) => void lines.push(values.map(show).join(' '));
  const attempt = async (label, run) => {
    try {
      const value = await run();
      if (value !== undefined) say(label, value);
    } catch (error) {
      say(label, describeError(error));
    }
  };
  return { lines, say, attempt };
};

/** Runs the programs, at most `width` at a time, and prints their transcripts in the order of the table. */
const runAll = async (programs, width) => {
  const done = programs.map(() => undefined);
  const queue = programs.entries();
  const worker = async () => {
    for (const [index, { title, run }] of queue) {
      const transcript = createTranscript();
      await transcript.attempt('uncaught:', () => run(transcript));
      done[index] = `### ${title}\n${transcript.lines.join('\n')}\n`;
    }
  };
  // Not `Promise.all`: it would write the number of the worker into every stack trace.
  await new Promise((resolve) => {
    let working = width;
    for (let count = 0; count < width; count++) void worker().then(() => --working === 0 && resolve());
  });
  process.stdout.write(done.join('\n'));
};

module.exports = { show, headersOf, classesOf, describeError, runAll };
