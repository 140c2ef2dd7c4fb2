import { expect, it } from 'vitest';
import {
  incidentsOf,
  loadDocument,
  readFixture,
  readTexts,
  snapshotOf,
  statusesOf,
} from '../../testing/read-fixture.ts';

const WELL = { 'Chat Completions': 'operational', Responses: 'operational', Embeddings: 'operational' };
const OLD = '(01J0OLD00000000000000000)';

it.each([
  ['operational', {}, [OLD]],
  ['degraded', { Responses: 'degraded' }, ['01J0DEG00000000000000000', OLD]],
  ['partial', { 'Chat Completions': 'partial_outage' }, [OLD]],
  ['major', { 'Chat Completions': 'major_outage', Responses: 'major_outage' }, [OLD]],
  ['maintenance', { Embeddings: 'maintenance' }, [OLD]],
  ['several', { 'Chat Completions': 'degraded' }, ['01J0DEG00000000000000000', '01J0CHT00000000000000000', OLD]],
])('reads the case %s', (name, statuses, ids) => {
  const reading = readFixture('incident_io', name);
  expect(statusesOf(reading)).toEqual({ ...WELL, ...statuses });
  expect(incidentsOf(reading)).toEqual(ids);
});

it('takes the components of an incident from the feed: one of Sora alone is left out', () => {
  const { incidents } = snapshotOf(readFixture('incident_io', 'several'));
  expect(incidents).toMatchObject([
    { impact: 'none', components: [], models: ['gpt-6-astra-pro'] },
    { components: ['Chat Completions'], url: 'https://status.openai.com//incidents/01J0CHT00000000000000000' },
    { components: ['Responses'] },
  ]);
});

it('reads the rest where the feed cannot be read: then no incident names a component', () => {
  const [components = '', incidents = ''] = ['/components.json', '/incidents.json'].map((path) =>
    loadDocument('incident_io', path, 'several').toString(),
  );
  const reading = readTexts('incident_io', [components, incidents, '<html>']);
  expect(snapshotOf(reading).incidents?.map((incident) => incident.components)).toEqual([[], [], [], []]);
});
