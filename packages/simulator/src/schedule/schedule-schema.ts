import * as v from 'valibot';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;

/** `250ms`, `10s`, `1.5m`, `2h`; read as milliseconds. */
const duration = v.pipe(
  v.string('must be a duration such as 500ms, 10s or 2m'),
  v.regex(DURATION, 'must be a duration such as 500ms, 10s or 2m'),
  v.transform((text) => {
    const [, amount, unit] = DURATION.exec(text) ?? [];
    return Number(amount) * (UNITS[unit as keyof typeof UNITS] ?? 0);
  }),
);

const text = v.pipe(v.string('must be text'), v.nonEmpty('must not be empty'));
const texts = v.array(text, 'must be a list');
const parameter = v.union([v.string(), v.number(), v.boolean()], 'must be text, a number, true or false');
const share = v.pipe(
  v.number('must be a number from 0 to 1'),
  v.minValue(0, 'must be a number from 0 to 1'),
  v.maxValue(1, 'must be a number from 0 to 1'),
);

const faultObject = v.strictObject(
  {
    fault: text,
    parameters: v.exactOptional(v.record(v.string(), parameter, 'must be a table of parameters')),
    share: v.exactOptional(share),
    models: v.exactOptional(texts),
    keys: v.exactOptional(texts),
    providers: v.exactOptional(v.array(v.picklist(['openai', 'anthropic'], 'must be openai or anthropic'))),
    streamed: v.exactOptional(v.boolean('must be true or false')),
  },
  'must be a fault: either "name;key=value" or an object with the key "fault"',
);

/** Which of the two spellings a line uses is plain to see, so that mistakes in an object are told key by key. */
const faultLine = v.lazy((line) => (typeof line === 'string' ? text : faultObject));

const phase = v.strictObject(
  {
    at: duration,
    name: text,
    faults: v.optional(v.array(faultLine, 'must be a list'), []),
  },
  'must be a phase with the keys "at", "name" and "faults"',
);

/** The form of a schedule file. */
export const SCHEDULE_SCHEMA = v.strictObject(
  {
    name: v.optional(text, 'schedule'),
    seed: v.exactOptional(v.pipe(v.number('must be a whole number'), v.integer('must be a whole number'))),
    repeatEvery: v.exactOptional(duration),
    phases: v.pipe(v.array(phase, 'must be a list of phases'), v.nonEmpty('must have at least one phase')),
  },
  'a schedule must be an object with the key "phases"',
);

export type ScheduleFile = v.InferOutput<typeof SCHEDULE_SCHEMA>;
