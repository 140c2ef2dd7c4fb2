import { expect, it } from 'vitest';
import { incidentsOf, readFixture, readTexts, snapshotOf, statusesOf } from '../../testing/read-fixture.ts';

it.each([
  ['operational', {}, ['(INC000001)']],
  ['degraded', { 'API (us-west-2.api.x.ai)': 'degraded' }, ['INC000002', '(INC000001)']],
  ['several', { 'API (us-west-2.api.x.ai)': 'degraded' }, ['INC000002', 'INC000004', '(INC000001)']],
])('reads the case %s: no component is well because the feed is silent', (name, statuses, ids) => {
  const reading = readFixture('feed', name);
  expect(statusesOf(reading)).toEqual(statuses);
  expect(incidentsOf(reading)).toEqual(ids);
});

it("reads the newest update of a Statuspage's Atom feed", () => {
  const { incidents } = snapshotOf(readFixture('feed', 'statuspage-atom'));
  expect(incidents).toMatchObject([
    {
      status: 'monitoring',
      isOpen: true,
      url: 'https://status.example/incidents/1',
      postedAt: Date.parse('2026-11-02T10:00:00Z'),
      updatedAt: Date.parse('2026-11-02T10:20:00Z'),
    },
    { status: 'completed', isOpen: false },
  ]);
});

const rss = (inside: string) => `<rss version="2.0"><channel><title>Status</title>${inside}</channel></rss>`;

it.each([
  ['an entry that does not tell whether it is over', rss('<item><title>Errors</title></item>'), 'entry 0 (Errors)'],
  ['a time that is none', rss('<item><pubDate>soon</pubDate></item>'), 'rss.channel.item.0.pubDate: '],
  ['a feed cut off', rss('').slice(0, -10), 'body: it is not XML'],
  ['an XML document of another kind', '<Error><Code>AccessDenied</Code></Error>', 'rss: '],
  ['a feed without its title', '<rss><channel></channel></rss>', 'rss.channel'],
  [
    'entities that expand without bound',
    `<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${rss('<item><title>&b;</title></item>')}`,
    'body: it declares a document type',
  ],
  ['elements nested without end', '<a>'.repeat(20_000) + '</a>'.repeat(20_000), 'body: it is not XML'],
])('is unknown for %s', (_name, text, problem) => {
  expect(readTexts('feed', [text])).toMatchObject({ kind: 'unknown', problems: [expect.stringContaining(problem)] });
});
