import { expect, it } from 'vitest';
import { incidentsOf, readFixture, readTexts, snapshotOf, statusesOf } from '../../testing/read-fixture.ts';

const CHAT = 'Chat (/api/v1/chat/completions)';
const EMBEDDINGS = 'Embeddings (/api/v1/embeddings)';
const WELL = { [CHAT]: 'operational', [EMBEDDINGS]: 'operational' };

it.each([
  ['operational', {}, ['(dd-old)']],
  ['degraded', { [CHAT]: 'degraded' }, ['dd-1', '(dd-old)']],
  ['partial', { [EMBEDDINGS]: 'partial_outage' }, []],
  ['major', { [CHAT]: 'major_outage', [EMBEDDINGS]: 'major_outage' }, ['dd-2']],
  ['maintenance', { [EMBEDDINGS]: 'maintenance' }, ['dd-m']],
  ['several', { [CHAT]: 'degraded' }, ['dd-1', '(dd-old)']],
])('reads the case %s: components in groups too, and of incidents none of video alone', (name, statuses, ids) => {
  const reading = readFixture('datadog', name);
  expect(statusesOf(reading)).toEqual({ ...WELL, ...statuses });
  expect(incidentsOf(reading)).toEqual(ids);
});

it('grades an incident by what its components had, and tells a date that was set back from the post', () => {
  const { incidents } = snapshotOf(readFixture('datadog', 'operational'));
  expect(incidents).toMatchObject([
    {
      impact: 'minor',
      startedAt: Date.parse('2026-10-20T02:15:00Z'),
      postedAt: Date.parse('2026-10-21T09:00:00.1Z'),
      resolvedAt: Date.parse('2026-10-20T02:19:00Z'),
      url: 'https://openrouter.statuspage.datadoghq.com/incidents/dd-old',
      models: ['claude-sonnet-5'],
    },
  ]);
});

it('gives up groups that are nested without end', () => {
  let group: object = { name: CHAT, status: 'operational' };
  for (let depth = 0; depth < 8; depth++) group = { name: 'group', components: [group] };
  const reading = readTexts('datadog', [JSON.stringify({ components: [group], incidents: [], maintenances: null })]);
  expect(reading).toMatchObject({ problems: [expect.stringContaining('nested more than')] });
});
