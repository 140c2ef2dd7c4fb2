import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSimulator } from '../start-simulator.ts';
import { observe } from '../testing/observe.ts';
import { loadSchedule } from './load-schedule.ts';
import { parseSchedule } from './parse-schedule.ts';
import { phaseAt } from './schedule.ts';

const BROWNOUT = `
name: a slow Tuesday
seed: 11
phases:
  - at: 0s
    name: healthy
  - at: 10s
    name: brownout
    faults:
      - fault: stall
        parameters: { afterChunks: 2, closeAfterMs: 1 }
        share: 0.5
        providers: [openai]
      - overloaded;times=3
  - at: 1.5m
    name: recovery
`;

describe('a schedule file', () => {
  it('is read with its times, faults and scopes', () => {
    const schedule = parseSchedule(BROWNOUT, 'tuesday.yaml');
    expect(schedule).toMatchObject({ name: 'a slow Tuesday', seed: 11 });
    expect(schedule.phases.map(({ name, atMs }) => [name, atMs])).toEqual([
      ['healthy', 0],
      ['brownout', 10_000],
      ['recovery', 90_000],
    ]);
    expect(schedule.phases[1]?.faults).toMatchObject([
      { fault: 'stall', share: 0.5, providers: ['openai'], parameters: { afterChunks: 2 } },
      { fault: 'overloaded', parameters: { times: 3 } },
    ]);
  });

  it('may be JSON, and is loaded from a path', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'schedule-')), 'outage.json');
    writeFileSync(path, JSON.stringify({ phases: [{ at: '0s', name: 'down', faults: ['service_unavailable'] }] }));
    expect(loadSchedule(path).phases[0]?.faults).toMatchObject([{ fault: 'service_unavailable' }]);
    expect(() => loadSchedule(`${path}.missing`)).toThrow(/outage\.json\.missing: cannot be read/);
  });

  it.each([
    ['a time without a unit', 'phases:\n  - at: 10\n    name: a', 's.yaml:2: phases[0].at must be a duration'],
    [
      'a key that does not exist',
      'phases:\n  - at: 0s\n    name: a\n    fautls: []',
      's.yaml:4: phases[0].fautls is no key',
    ],
    ['a missing name', 'phases:\n  - at: 0s', 's.yaml:2: phases[0].name is missing'],
    [
      'an unknown fault',
      'phases:\n  - at: 0s\n    name: a\n    faults:\n      - gremlins',
      's.yaml:5: phases[0].faults[0] unknown fault "gremlins"',
    ],
    [
      'a parameter that does not fit',
      'phases:\n  - at: 0s\n    name: a\n    faults:\n      - fault: stall\n        parameters: { afterChunks: few }',
      's.yaml:5: phases[0].faults[0] fault "stall": parameter "afterChunks" must be a whole number from 0 up, not "few"',
    ],
    [
      'a share over one',
      'phases:\n  - at: 0s\n    name: a\n    faults:\n      - fault: stall\n        share: 40',
      's.yaml:6: phases[0].faults[0].share must be a number from 0 to 1',
    ],
    [
      'phases out of order',
      'phases:\n  - { at: 5s, name: a }\n  - { at: 5s, name: b }',
      's.yaml:3: phases[1].at must be later than the phase "a" before it',
    ],
    [
      'an entry of no kind',
      'phases: [{ at: 0s, name: a }]\nstatusPages:\n  openai:\n    - at: 1s\n      say: nothing',
      's.yaml:4: statusPages.openai[0] must be an entry with one of the keys "post", "edit", "components" or "fault"',
    ],
    [
      'a status that pages do not have',
      'phases: [{ at: 0s, name: a }]\nstatusPages:\n  openai:\n    - { at: 1s, post: x, status: broken }',
      's.yaml:4: statusPages.openai[0].status must be one of investigating, identified, ',
    ],
    [
      'a first post that lacks its title',
      'phases: [{ at: 0s, name: a }]\nstatusPages:\n  openai:\n    - { at: 1s, post: x, status: investigating, impact: minor }',
      's.yaml:4: statusPages.openai[0].title is missing: this post is the first of "x"',
    ],
    [
      'an edit of nothing',
      'phases: [{ at: 0s, name: a }]\nstatusPages:\n  openai:\n    - { at: 1s, edit: x, impact: major }',
      's.yaml:4: statusPages.openai[0].edit "x" was never posted before',
    ],
    [
      'a component that the page does not have',
      'phases: [{ at: 0s, name: a }]\nstatusPages:\n  anthropic:\n    - at: 1s\n      components:\n        Claude: major_outage',
      's.yaml:6: statusPages.anthropic[0].components.Claude is none of claude.ai, ',
    ],
    [
      'a name that two components have',
      'phases: [{ at: 0s, name: a }]\nstatusPages:\n  openai:\n    - { at: 1s, components: { Login: major_outage } }',
      's.yaml:4: statusPages.openai[0].components.Login is the name of several components; give the id',
    ],
    [
      'a fault of a page that is over before it begins',
      'phases: [{ at: 0s, name: a }]\nstatusPages:\n  openai:\n    - { at: 2s, until: 1s, fault: html }',
      's.yaml:4: statusPages.openai[0].until must be later than "at"',
    ],
    [
      'a page of nobody',
      'phases: [{ at: 0s, name: a }]\nstatusPages:\n  opnai: []',
      's.yaml:3: statusPages.opnai is no key of a schedule',
    ],
    ['no phases at all', 'phases: []', 's.yaml:1: phases must have at least one phase'],
    ['text that is not YAML', 'phases: [', 's.yaml:1: '],
    ['an empty file', '', 's.yaml:1: a schedule must be an object'],
  ])('with %s is refused with file, line and key', (_what, text, message) => {
    expect(() => parseSchedule(text, 's.yaml')).toThrow(message);
  });

  it('names every mistake at once', () => {
    const text = 'phases:\n  - at: soon\n    name: a\n  - at: 1s\n    name: ""';
    expect(() => parseSchedule(text, 's.yaml')).toThrow(/s\.yaml:2: .*\n.*s\.yaml:5: /s);
  });
});

describe('a schedule in time', () => {
  it('is in the last phase that has begun, and may begin anew', () => {
    const schedule = parseSchedule(BROWNOUT, 's.yaml');
    const names = (times: number[], repeatEveryMs?: number) =>
      times.map((time) => phaseAt({ ...schedule, ...(repeatEveryMs && { repeatEveryMs }) }, time)?.name ?? null);
    expect(names([0, 9_999, 10_000, 89_999, 90_000, 900_000])).toEqual([
      'healthy',
      'healthy',
      'brownout',
      'brownout',
      'recovery',
      'recovery',
    ]);
    expect(names([100_000, 110_000], 100_000)).toEqual(['healthy', 'brownout']);
  });

  it('replays a brownout exactly: the same requests at the same times meet the same fate', async () => {
    const replay = async () => {
      let now = 1_800_000_000_000;
      const clock = { now: () => now, sleep: () => Promise.resolve() };
      const simulator = await startSimulator({ clock, schedule: parseSchedule(BROWNOUT, 's.yaml') });
      const seen: string[] = [];
      for (let second = 0; second < 120; second += 3) {
        const { status, failure, text } = await observe(simulator, { dialect: 'openai-chat', streamed: true });
        seen.push(`${simulator.phase()?.name} ${status} ${failure} ${simulator.requests.at(-1)?.fault} ${text}`);
        now += 3000;
      }
      await simulator.close();
      return seen;
    };
    const first = await replay();
    expect(await replay()).toEqual(first);
    const fates = first.map((line) => line.split(' ').slice(0, 4).join(' '));
    expect(fates.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => 'healthy 200 null null'));
    expect(fates.filter((fate) => fate.endsWith('overloaded'))).toHaveLength(3);
    expect(fates.filter((fate) => fate === 'brownout 200 UND_ERR_SOCKET stall').length).toBeGreaterThan(5);
    expect(fates.slice(-9)).toEqual(Array.from({ length: 9 }, () => 'recovery 200 null null'));
  });
});
