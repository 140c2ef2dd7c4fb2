import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { servePage } from '../testing/status-page.ts';
import { FORMAT_IDS, loadDocument, vendorWith } from '../testing/read-fixture.ts';
import { watchVendor } from '../vendor-watch.ts';
import type { DocumentFormat, Format } from './format.ts';
import { type FormatId, FORMATS } from './formats.ts';

const MIME = { json: 'application/json', xml: 'application/rss+xml' } as const;
const HTML = '<!doctype html><html><head><meta charset="utf-8"><title>Status</title></head><body><br></body></html>';
const TOO_LARGE = 33 * 1024 * 1024;

interface Damage {
  readonly name: string;
  readonly problem: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly damage: (body: Buffer) => Buffer;
}

const DAMAGES: readonly Damage[] = [
  { name: 'malformed', problem: 'body: ', damage: () => Buffer.from('{"components": [}, <a>') },
  { name: 'truncated', problem: 'body: ', damage: (body) => body.subarray(0, Math.floor(body.length * 0.6)) },
  { name: 'empty', problem: 'body: ', damage: () => Buffer.alloc(0) },
  {
    name: 'in another encoding',
    problem: 'body: it is neither UTF-8',
    damage: () => Buffer.from('{"name":"d\u00e9grad\u00e9"}', 'latin1'),
  },
  {
    name: 'HTML',
    problem: 'content-type: text/html',
    headers: { 'content-type': 'text/html' },
    damage: () => Buffer.from(HTML),
  },
  { name: 'HTML under the right type', problem: 'body: ', damage: () => Buffer.from(HTML) },
  { name: 'of another shape', problem: ': ', damage: () => Buffer.from('{"error":{"code":"AccessDenied"}}') },
  { name: 'null', problem: ': ', damage: () => Buffer.from('null') },
  { name: 'too large', problem: 'body: it is larger than', damage: () => Buffer.alloc(TOO_LARGE, ' ') },
  {
    name: 'a small body that unpacks without end',
    problem: 'body: it is larger than',
    headers: { 'content-encoding': 'gzip' },
    damage: () => gzipSync(Buffer.alloc(TOO_LARGE, ' ')),
  },
];

/** Serves the format's fixture with one document damaged, and polls it once. */
async function pollDamaged(id: FormatId, broken: DocumentFormat<unknown>, { headers = {}, damage }: Damage) {
  const format: Format = FORMATS[id];
  await using page = await servePage(
    Object.fromEntries(
      format.documents.map(({ path, type }) => {
        const body = loadDocument(id, path, 'operational');
        const isBroken = path === broken.path;
        return [
          path === '' ? '/' : path,
          (_, response) =>
            void response
              .writeHead(200, { 'content-type': MIME[type], ...(isBroken ? headers : {}) })
              .end(isBroken ? damage(body) : body),
        ];
      }),
    ),
  );
  const { elsewhere: _elsewhere, ...vendor } = vendorWith(id);
  const watch = watchVendor({ ...vendor, url: page.url });
  await watch.poll();
  return watch.knowledge;
}

describe.each(FORMAT_IDS)('%s', (id) => {
  const documents: readonly DocumentFormat<unknown>[] = FORMATS[id].documents;

  it('is known when all of it is whole', async () => {
    const [first] = documents;
    if (first === undefined) throw new Error('a format without documents');
    const whole = await pollDamaged(id, first, { name: 'whole', problem: '', damage: (body) => body });
    expect(whole.kind).toBe('known');
  });

  it.each(
    documents
      .filter(({ optional }) => optional !== true)
      .flatMap((document) => DAMAGES.map((damage) => ({ path: document.path, kind: damage.name, document, damage }))),
  )('is unknown when $path is $kind', async ({ document, damage }) => {
    const knowledge = await pollDamaged(id, document, damage);
    expect(knowledge).toEqual({
      kind: 'unknown',
      problems: expect.arrayContaining([expect.stringContaining(damage.problem)]),
    });
  });
});
