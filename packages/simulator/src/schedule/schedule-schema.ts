import * as v from 'valibot';
import { pageEntry } from './page-entry-schema.ts';
import { duration, text } from './words.ts';

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

const pageEntries = v.array(pageEntry, 'must be a list of entries');

/** The form of a schedule file. */
export const SCHEDULE_SCHEMA = v.strictObject(
  {
    name: v.optional(text, 'schedule'),
    seed: v.exactOptional(v.pipe(v.number('must be a whole number'), v.integer('must be a whole number'))),
    repeatEvery: v.exactOptional(duration),
    phases: v.pipe(v.array(phase, 'must be a list of phases'), v.nonEmpty('must have at least one phase')),
    statusPages: v.exactOptional(
      v.strictObject(
        { openai: v.exactOptional(pageEntries), anthropic: v.exactOptional(pageEntries) },
        'must be a table with the keys "openai" and "anthropic"',
      ),
    ),
  },
  'a schedule must be an object with the key "phases"',
);

export type ScheduleFile = v.InferOutput<typeof SCHEDULE_SCHEMA>;
