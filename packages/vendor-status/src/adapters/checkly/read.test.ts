import { expect, it } from 'vitest';
import { incidentsOf, readFixture, snapshotOf, statusesOf } from '../../testing/read-fixture.ts';

const WELL = {
  'Chat Completions API': 'operational',
  'Embeddings API': 'operational',
  'Agents API': 'operational',
  'Conversations API': 'operational',
};

it.each([
  ['operational', {}, []],
  ['degraded', { 'Chat Completions API': 'degraded' }, ['ck1']],
  ['partial', { 'Embeddings API': 'partial_outage' }, ['ck2']],
  [
    'major',
    {
      'Chat Completions API': 'major_outage',
      'Embeddings API': 'major_outage',
      'Agents API': 'major_outage',
      'Conversations API': 'major_outage',
    },
    ['ck3'],
  ],
  [
    'several',
    { 'Chat Completions API': 'partial_outage', 'Embeddings API': 'partial_outage' },
    ['ck1', 'ck2', '(ck5)'],
  ],
])('reads the case %s: the worst of the open incidents that name the service', (name, statuses, ids) => {
  const reading = readFixture('checkly', name);
  expect(statusesOf(reading)).toEqual({ ...WELL, ...statuses });
  expect(incidentsOf(reading)).toEqual(ids);
});

it('says nothing of any service while an open incident names none', () => {
  const { components, incidents } = snapshotOf(readFixture('checkly', 'vague'));
  expect(components).toEqual([]);
  expect(incidents).toMatchObject([{ impact: 'critical', status: 'investigating', components: [] }]);
});

it('ties an incident to the model in its headline', () => {
  const { incidents } = snapshotOf(readFixture('checkly', 'degraded'));
  expect(incidents).toMatchObject([{ models: ['mistral-large'], postedAt: Date.parse('2026-11-02T10:20:00Z') }]);
});
