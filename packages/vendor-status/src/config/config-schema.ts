import * as v from 'valibot';
import { type FormatId, FORMATS } from '../adapters/formats.ts';
import { parseDuration } from './parse-duration.ts';

const FORMAT_IDS = Object.keys(FORMATS) as FormatId[];

const TEXT = v.pipe(v.string('it is not a text'), v.nonEmpty('it is empty'));
const BEGINNINGS = v.array(v.string('it is not a text'), 'it is not a list');
const MILLISECONDS = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, number>(({ dataset, addIssue, NEVER }) => {
    const seconds = typeof dataset.value === 'string' ? parseDuration(dataset.value) : undefined;
    if (seconds !== undefined) return seconds * 1000;
    addIssue({ message: 'it is not a duration such as 30s, 90m or 6h' });
    return NEVER;
  }),
);
const URL_TEXT = v.pipe(
  TEXT,
  v.check((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), 'it is no http or https address'),
);
const NAME = v.pipe(v.string(), v.regex(/^[a-z0-9][\w.-]*$/, 'a name has small letters, digits, ".", "_" and "-"'));

const VENDOR = v.strictObject(
  {
    format: v.optional(v.picklist(FORMAT_IDS, `it is none of ${FORMAT_IDS.join(', ')}`)),
    url: v.optional(URL_TEXT),
    components: v.optional(
      v.pipe(
        v.record(TEXT, v.pipe(BEGINNINGS, v.nonEmpty('it is empty')), 'it is not a map of keys and values'),
        v.check((map) => Object.keys(map).length > 0, 'it is empty'),
      ),
    ),
    ignored: v.optional(BEGINNINGS),
    staleAfter: v.optional(MILLISECONDS),
  },
  'it is not a map of keys and values',
);

/** What a config file may hold. */
export const CONFIG = v.strictObject(
  {
    pace: v.optional(MILLISECONDS),
    only: v.optional(v.array(TEXT, 'it is not a list')),
    vendors: v.optional(v.record(NAME, VENDOR, 'it is not a map of keys and values')),
  },
  'it is not a map of keys and values',
);

export type Config = v.InferOutput<typeof CONFIG>;
export type VendorConfig = v.InferOutput<typeof VENDOR>;

/** Keys of a config file, and of a vendor in it. */
export const KEYS = Object.keys(CONFIG.entries);
export const VENDOR_KEYS = Object.keys(VENDOR.entries);
