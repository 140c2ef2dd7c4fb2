import { expect, it } from 'vitest';
import { incidentsOf, readFixture, snapshotOf, statusesOf } from '../../testing/read-fixture.ts';

it('reads nothing out of the silence of the feed: no incident, and no status either', () => {
  const reading = readFixture('azure', 'operational');
  expect(snapshotOf(reading)).toEqual({ components: [], incidents: [], writtenAt: null });
});

it('reads an incident that names a service by its category', () => {
  const reading = readFixture('azure', 'degraded');
  expect(statusesOf(reading)).toEqual({ 'Azure OpenAI Service': 'degraded' });
  expect(snapshotOf(reading).incidents).toMatchObject([
    {
      impact: 'unclear',
      status: 'active',
      startedAt: null,
      postedAt: Date.parse('2026-11-02T10:20:00Z'),
      providers: ['azure.ai.openai'],
      models: ['gpt-5'],
    },
  ]);
});

it('takes posts with the same categories for one incident, tells foundations from other services, and what is over', () => {
  const reading = readFixture('azure', 'several');
  expect(incidentsOf(reading)).toEqual([
    'Azure OpenAI Service | Sweden Central',
    'Network Infrastructure | West US',
    '(East US 2 | Foundry Models)',
  ]);
  expect(snapshotOf(reading).incidents).toMatchObject([
    {
      name: 'Azure OpenAI - Sweden Central - Mitigation in progress',
      postedAt: Date.parse('2026-11-02T10:20:00Z'),
      updatedAt: Date.parse('2026-11-02T11:05:00Z'),
    },
    { components: [], providers: ['azure.ai.openai', 'azure.ai.inference'] },
    { components: ['Foundry Models'], providers: ['azure.ai.openai', 'azure.ai.inference'] },
  ]);
});
