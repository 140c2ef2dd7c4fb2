import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Format } from '../adapters/format.ts';
import { type FormatId, FORMATS } from '../adapters/formats.ts';
import { decodeText } from '../decode-text.ts';
import { type Reading, type Snapshot, unknown } from '../snapshot.ts';
import { type Vendor, VENDORS } from '../vendors.ts';

const ADAPTERS = new URL('../adapters/', import.meta.url);

export const FORMAT_IDS = Object.keys(FORMATS) as FormatId[];

/** A vendor of the table that has this format; the fixtures have its components. */
export function vendorWith(format: FormatId): Vendor {
  const vendor = VENDORS.find((row) => row.format === format);
  if (vendor === undefined) throw new Error(`no vendor has the format ${format}`);
  return vendor;
}

const room = (format: FormatId): URL => new URL(`${format.replaceAll('_', '-')}/__fixtures__/`, ADAPTERS);

/** The names of a format's cases. */
export const listCases = (format: FormatId): readonly string[] =>
  readdirSync(room(format), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** A document's bytes as they are served; one that a case does not have is as in the operational case. */
export function loadDocument(format: FormatId, path: string, name: string): Buffer {
  const file = path === '' ? 'feed.xml' : basename(path);
  const own = new URL(`${name}/${file}`, room(format));
  return readFileSync(existsSync(own) ? own : new URL(`operational/${file}`, room(format)));
}

/** Reads a case as the poller would, without the network. */
export function readFixture(id: FormatId, name: string, coverage: Vendor = vendorWith(id)): Reading<Snapshot> {
  return readTexts(
    id,
    FORMATS[id].documents.map(({ path }) => decodeText(loadDocument(id, path, name)) ?? ''),
    coverage,
  );
}

/** Reads documents that are given as texts, in the format's order. */
export function readTexts(
  id: FormatId,
  texts: readonly string[],
  coverage: Vendor = vendorWith(id),
): Reading<Snapshot> {
  const format: Format = FORMATS[id];
  const contents: unknown[] = [];
  for (const [index, document] of format.documents.entries()) {
    const reading = document.parse(texts[index] ?? '', coverage);
    if (reading.kind === 'unknown' && document.optional !== true) return unknown(...reading.problems);
    contents.push(reading.kind === 'understood' ? reading.content : null);
  }
  return format.read(contents, coverage);
}

/** Statuses of a fixture by component; fails where it is not understood. */
export function statusesOf(reading: Reading<Snapshot>): Readonly<Record<string, string>> {
  return Object.fromEntries(snapshotOf(reading).components.map(({ name, status }) => [name, status]));
}

/** Ids of its incidents; those that are over in brackets. */
export const incidentsOf = (reading: Reading<Snapshot>): readonly string[] =>
  (snapshotOf(reading).incidents ?? []).map(({ id, isOpen }) => (isOpen ? id : `(${id})`));

export function snapshotOf(reading: Reading<Snapshot>): Snapshot {
  if (reading.kind === 'unknown') throw new Error(reading.problems.join('; '));
  return reading.content;
}
