import { readdirSync, readFileSync } from 'node:fs';
import { ATTRIBUTES, EVENTS, METRICS, type AttributeRow } from '@brownout/signals';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

/** What `otelcol validate` does not see: names that nobody sends, components that nobody uses, data that waits unmasked. */

interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors: readonly string[];
  readonly exporters: readonly string[];
}
interface Configuration {
  readonly extensions?: Readonly<Record<string, { readonly fsync?: boolean }>>;
  readonly receivers?: object;
  readonly processors?: object;
  readonly exporters?: Readonly<Record<string, { readonly sending_queue?: { readonly storage?: string } }>>;
  readonly connectors?: object;
  readonly service?: { readonly pipelines: Readonly<Record<string, Pipeline>>; readonly extensions: readonly string[] };
}

const FOLDER = new URL('../', import.meta.url);
const MASKING = 'masking.yaml';
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
  // What is generated from these holds them as they are.
  (name) => name.endsWith('.yaml') && name !== 'builder.yaml' && !/^(kubernetes|operator|helm)\//.test(name),
);
const textOf = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');
const read = (file: string): Configuration => parse(textOf(file), { merge: true }) as Configuration;

const ROWS: readonly AttributeRow[] = Object.values(ATTRIBUTES);
/** What other instrumentations send. */
const FORMER = ['gen_ai.system', 'gen_ai.usage.prompt_tokens', 'gen_ai.usage.completion_tokens'];
const NAMES: ReadonlySet<string> = new Set([
  ...FORMER,
  ...ROWS.map(({ key }) => key),
  ...Object.values(METRICS).map(({ name }) => name),
  ...Object.values(EVENTS).map(({ name }) => name),
]);

describe.each(FILES)('%s', (file) => {
  test('names only what the registry of signals declares', () => {
    const names = [...textOf(file).matchAll(/\b(?:brownout|gen_ai)\.[a-z0-9_.]*[a-z0-9]/g)].map(([name]) => name);
    expect(names.filter((name) => !NAMES.has(name))).toEqual([]);
  });

  test('has no component whose name or self is on its way out', () => {
    const { processors = {}, exporters = {} } = read(file);
    const types = [...Object.keys(processors), ...Object.keys(exporters)].map((id) => id.split('/')[0]);
    expect(types.filter((type) => ['batch', 'otlp', 'otlphttp', 'loadbalancing'].includes(type ?? ''))).toEqual([]);
  });
});

const RUNNABLE = FILES.filter((file) => read(file).service?.extensions !== undefined);

describe.each(RUNNABLE)('the pipelines of %s', (file) => {
  const own = read(file);
  const pipelines = Object.entries(own.service?.pipelines ?? {}).filter(([, { receivers }]) =>
    receivers.includes('otlp'),
  );

  test('use every component that is configured', () => {
    const used = JSON.stringify(own.service);
    const configured = [own.extensions, own.receivers, own.processors, own.connectors, own.exporters].flatMap(
      (part = {}) => Object.keys(part),
    );
    expect(configured.filter((id) => !used.includes(`"${id}"`))).toEqual([]);
  });

  test.each(pipelines)('%s: refuse first, then mask, and only then wait', (name, { processors }) => {
    const masking = name.startsWith('metrics')
      ? ['filter/label_bombs', 'transform/labels', 'redaction/mask_metrics']
      : ['transform/before_masking', 'redaction/mask', 'transform/after_masking'];
    expect(processors.slice(0, masking.length + 1)).toEqual(['memory_limiter', ...masking]);
    expect(Object.keys(read(MASKING).processors ?? {})).toEqual(expect.arrayContaining(masking));
  });
});

describe.each(['gateway.yaml', 'overlays/vendor.yaml'])('of what goes out by %s', (file) => {
  const [{ extensions = {} }, { exporters = {}, service }] = [read('gateway.yaml'), read(file)];
  const all = { ...read('gateway.yaml').exporters, ...exporters };
  const outgoing = Object.entries(service?.pipelines ?? {}).flatMap(([pipeline, { exporters: to }]) =>
    to.filter((id) => id in all).map((id) => ({ pipeline, id, storage: all[id]?.sending_queue?.storage ?? 'none' })),
  );

  test('is safe on the disk what a sender hears was taken; what was in the memory of the sampler waits for no disk', () => {
    expect(outgoing.length).toBeGreaterThan(3);
    for (const { pipeline, id, storage } of outgoing)
      expect({ pipeline, id, isFlushed: extensions[storage]?.fsync }).toEqual({
        pipeline,
        id,
        isFlushed: pipeline !== 'traces/sampled',
      });
  });
});

describe('what gateway.yaml calls bad', () => {
  const compared = [...textOf('gateway.yaml').matchAll(/span\.attributes\["(brownout[^"]+)"\] == "([^"]+)"/g)].map(
    ([, key = '', value = '']) => ({ key, value }),
  );

  test.each(compared)('$key has the value $value in the registry', ({ key, value }) => {
    expect(ROWS.find((row) => row.key === key)?.values).toContain(value);
  });

  test('is every verdict but those of calls that went well or that the caller ended', () => {
    const bad = compared.filter(({ key }) => key === ATTRIBUTES.verdict.key).map(({ value }) => value);
    expect(ATTRIBUTES.verdict.values.filter((verdict) => !bad.includes(verdict))).toEqual(['usable', 'cancelled']);
  });
});
