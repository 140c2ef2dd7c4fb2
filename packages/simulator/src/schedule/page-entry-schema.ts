import * as v from 'valibot';
import { COMPONENT_STATUSES, IMPACTS, INCIDENT_STATUSES, type PageEntry } from '../status-page/page-entry.ts';
import { PAGE_FAULT_NAMES } from '../status-page/page-faults.ts';
import { duration, text } from './words.ts';

const oneOf = <const Options extends readonly string[]>(options: Options) =>
  v.picklist(options, `must be one of ${options.join(', ')}`);

const components = v.record(v.string(), oneOf(COMPONENT_STATUSES), 'must be a table of components and their statuses');

const wording = {
  title: v.exactOptional(text),
  impact: v.exactOptional(oneOf(IMPACTS)),
  text: v.exactOptional(text),
  startedAt: v.exactOptional(duration),
  datedAt: v.exactOptional(duration),
};

interface Times {
  readonly at: number;
  readonly startedAt?: number;
  readonly datedAt?: number;
}

const inMilliseconds = <Rest extends object>({ at, startedAt, datedAt, ...rest }: Rest & Times) => ({
  ...rest,
  atMs: at,
  ...(startedAt === undefined ? {} : { startedAtMs: startedAt }),
  ...(datedAt === undefined ? {} : { datedAtMs: datedAt }),
});

const post = v.pipe(
  v.strictObject({
    at: duration,
    post: text,
    status: oneOf(INCIDENT_STATUSES),
    components: v.exactOptional(components),
    unlink: v.exactOptional(v.boolean('must be true or false')),
    ...wording,
  }),
  v.transform(({ post: incident, ...rest }): PageEntry => ({ kind: 'post', incident, ...inMilliseconds(rest) })),
);

const edit = v.pipe(
  v.strictObject({ at: duration, edit: text, ...wording }),
  v.transform(({ edit: incident, ...rest }): PageEntry => ({ kind: 'edit', incident, ...inMilliseconds(rest) })),
);

const componentChange = v.pipe(
  v.strictObject({ at: duration, components }),
  v.transform((entry): PageEntry => ({ kind: 'components', atMs: entry.at, components: entry.components })),
);

const fault = v.pipe(
  v.strictObject({
    at: duration,
    until: v.exactOptional(duration),
    fault: oneOf(PAGE_FAULT_NAMES),
    delay: v.exactOptional(duration),
  }),
  v.transform((entry): PageEntry => ({
    kind: 'fault',
    atMs: entry.at,
    fault: entry.fault,
    ...(entry.until === undefined ? {} : { untilMs: entry.until }),
    ...(entry.delay === undefined ? {} : { delayMs: entry.delay }),
  })),
);

const neither = v.custom<PageEntry>(
  () => false,
  'must be an entry with one of the keys "post", "edit", "components" or "fault"',
);

/** Which kind an entry is of is plain to see by its key, so that its other mistakes are told key by key. */
export const pageEntry = v.lazy((entry) => {
  const has = (key: string) => typeof entry === 'object' && entry !== null && key in entry;
  if (has('post')) return post;
  if (has('edit')) return edit;
  if (has('fault')) return fault;
  return has('components') ? componentChange : neither;
});
