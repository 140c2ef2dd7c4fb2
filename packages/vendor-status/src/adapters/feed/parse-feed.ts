import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as v from 'valibot';
import { type Reading, understood, unknown } from '../../snapshot.ts';
import { OPTIONAL_TIME, parseShape } from '../parse-json.ts';

/** An entry of a feed, RSS or Atom. Times are milliseconds since the epoch. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly publishedAt: number | null;
  readonly updatedAt: number | null;
  readonly categories: readonly string[];
  /** HTML, or plain text. */
  readonly body: string;
}

export interface Feed {
  readonly entries: readonly Entry[];
  /** When the feed says that it was written, in milliseconds since the epoch. */
  readonly writtenAt: number | null;
}

const LISTS = new Set(['item', 'entry', 'category', 'link']);
const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: 'text',
  parseTagValue: false,
  isArray: (name) => LISTS.has(name),
});

/** Text alone, or beside attributes. */
const TEXT = v.union([
  v.string(),
  v.pipe(
    v.object({ text: v.optional(v.string(), '') }),
    v.transform(({ text }) => text),
  ),
]);
const ITEM = v.object({
  title: v.optional(TEXT, ''),
  link: v.optional(v.array(TEXT), []),
  guid: v.optional(TEXT),
  description: v.optional(TEXT, ''),
  category: v.optional(v.array(TEXT), []),
  pubDate: OPTIONAL_TIME,
});
/** The title tells that it is a feed of something; nothing else has to be in a feed without entries. */
const RSS = v.object({
  rss: v.object({
    channel: v.object({ title: TEXT, lastBuildDate: OPTIONAL_TIME, item: v.optional(v.array(ITEM), []) }),
  }),
});
const ATOM_ENTRY = v.object({
  id: TEXT,
  title: v.optional(TEXT, ''),
  link: v.optional(v.array(v.object({ '@href': v.string() })), []),
  category: v.optional(v.array(v.object({ '@term': v.string() })), []),
  published: OPTIONAL_TIME,
  updated: OPTIONAL_TIME,
  content: v.optional(TEXT),
  summary: v.optional(TEXT, ''),
});
const ATOM = v.object({
  feed: v.object({ title: TEXT, updated: OPTIONAL_TIME, entry: v.optional(v.array(ATOM_ENTRY), []) }),
});

/**
 * Reads RSS 2.0 or Atom. The text has to be well-formed to its end, since a truncated feed would hide its last entries,
 * and may declare no document type: feeds have none, and a declaration could define entities that expand without bound.
 */
export function parseFeed(text: string): Reading<Feed> {
  if (/<!doctype/i.test(text)) return unknown('body: it declares a document type, which a feed has not');
  let document: unknown;
  try {
    const validity = XMLValidator.validate(text);
    if (validity !== true) return unknown(`body: it is not XML: ${validity.err.msg} (line ${validity.err.line})`);
    document = PARSER.parse(text);
  } catch (error) {
    return unknown(`body: it is not XML: ${error instanceof Error ? error.message : String(error)}`);
  }
  return typeof document === 'object' && document !== null && 'feed' in document
    ? readAtom(document)
    : readRss(document);
}

function readRss(document: unknown): Reading<Feed> {
  const reading = parseShape(document, RSS);
  if (reading.kind === 'unknown') return reading;
  const { item: items, lastBuildDate } = reading.content.rss.channel;
  return understood({
    writtenAt: lastBuildDate,
    entries: items.map((item) => ({
      id: item.guid ?? item.link[0] ?? item.title,
      title: item.title,
      url: item.link[0] ?? null,
      publishedAt: item.pubDate,
      updatedAt: null,
      categories: item.category,
      body: item.description,
    })),
  });
}

function readAtom(document: unknown): Reading<Feed> {
  const reading = parseShape(document, ATOM);
  if (reading.kind === 'unknown') return reading;
  const { entry: entries, updated } = reading.content.feed;
  return understood({
    writtenAt: updated,
    entries: entries.map((entry) => ({
      id: entry.id,
      title: entry.title,
      url: entry.link[0]?.['@href'] ?? null,
      publishedAt: entry.published,
      updatedAt: entry.updated,
      categories: entry.category.map((category) => category['@term']),
      body: entry.content ?? entry.summary,
    })),
  });
}

/** The text of a piece of HTML, near enough to look for words in it. */
export const plainText = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(?:nbsp|#160);/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
