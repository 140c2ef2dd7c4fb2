import { expect, it } from 'vitest';
import { incidentsOf, readFixture, snapshotOf, statusesOf } from '../../testing/read-fixture.ts';

const API = 'Claude API (api.anthropic.com)';

it.each([
  ['operational', 'operational', ['(old1)']],
  ['degraded', 'degraded', ['open1', '(old1)']],
  ['partial', 'partial_outage', ['(old1)']],
  ['major', 'major_outage', ['(old1)']],
  ['maintenance', 'maintenance', ['(old1)', 'maint1', '(maint2)']],
  ['several', 'degraded', ['open1', 'none1', '(late1)', '(old1)']],
])('reads the case %s: of the components that back the API, and of incidents that concern it', (name, status, ids) => {
  const reading = readFixture('statuspage', name);
  expect(statusesOf(reading)).toEqual({ [API]: status });
  expect(incidentsOf(reading)).toEqual(ids);
});

it('keeps what the vendor claims apart from when it posted, and ties an incident to its models', () => {
  const { incidents } = snapshotOf(readFixture('statuspage', 'several'));
  expect(incidents?.[2]).toEqual({
    id: 'late1',
    name: 'Elevated errors on Claude Opus 5',
    impact: 'minor',
    status: 'resolved',
    isOpen: false,
    url: 'https://stspg.example/late1',
    startedAt: Date.parse('2026-11-02T07:00:00Z'),
    postedAt: Date.parse('2026-11-02T10:30:00Z'),
    updatedAt: Date.parse('2026-11-02T10:30:00Z'),
    resolvedAt: Date.parse('2026-11-02T08:10:00Z'),
    components: [API],
    providers: ['anthropic'],
    models: ['claude-opus-5'],
  });
});

it('finds the components of an incident that was unlinked from them in its updates', () => {
  const { incidents } = snapshotOf(readFixture('statuspage', 'operational'));
  expect(incidents).toMatchObject([{ id: 'old1', components: [API], models: ['claude-haiku-5'] }]);
});

it('takes an open incident without impact, component and model for one that may concern any', () => {
  const { incidents } = snapshotOf(readFixture('statuspage', 'several'));
  expect(incidents?.[1]).toMatchObject({ impact: 'none', components: [], providers: ['anthropic'], models: 'unclear' });
});
