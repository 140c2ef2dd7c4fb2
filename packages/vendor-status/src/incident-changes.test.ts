import { describe, expect, it } from 'vitest';
import type { Incident } from './incident.ts';
import { detectChanges, type IncidentHistory, NO_HISTORY } from './incident-changes.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-11-02T12:00:00Z');

const incident = (changed: Partial<Incident> = {}): Incident => ({
  id: 'a',
  name: 'Elevated errors',
  impact: 'minor',
  status: 'investigating',
  isOpen: true,
  url: 'https://status.example/a',
  startedAt: NOON - HOUR,
  postedAt: NOON - HOUR / 2,
  updatedAt: NOON - HOUR / 2,
  resolvedAt: null,
  components: [],
  providers: ['anthropic'],
  models: 'unclear',
  ...changed,
});
const over = (changed: Partial<Incident> = {}): Incident =>
  incident({ status: 'resolved', isOpen: false, resolvedAt: NOON, updatedAt: NOON, ...changed });

/** Reads one list after the other, a minute apart, and tells what each reading reported. */
function readings(...lists: readonly (readonly Incident[])[]) {
  let history: IncidentHistory = NO_HISTORY;
  return lists.map((listed, index) => {
    const result = detectChanges(history, listed, NOON + index * 60_000);
    history = result.history;
    return result.changes;
  });
}
const kinds = (...lists: readonly (readonly Incident[])[]) =>
  readings(...lists).map((changes) => changes.map(({ kind }) => kind));

describe('changes of incidents', () => {
  it('follow one from its first post to its postmortem', () => {
    const identified = incident({ status: 'identified', updatedAt: NOON });
    const postmortem = over({ status: 'postmortem', startedAt: NOON - 3 * HOUR });
    expect(kinds([], [incident()], [identified], [over()], [identified], [over()], [postmortem])).toEqual([
      [],
      ['opened'],
      ['updated'],
      ['resolved'],
      ['reopened'],
      ['resolved'],
      ['edited'],
    ]);
  });

  it('name the fields that differ, and nothing for the same list again', () => {
    const [, updated, same] = readings(
      [incident()],
      [incident({ impact: 'major', components: ['Claude API'] })],
      [incident({ impact: 'major', components: ['Claude API'] })],
    );
    expect(updated?.[0]?.fields).toEqual(['impact', 'components']);
    expect(same).toEqual([]);
  });

  it('keep the time first seen apart from what the vendor claims, through every change', () => {
    const claimed = over({ startedAt: NOON - 5 * HOUR });
    const [, , edited] = readings([], [incident()], [claimed]);
    expect(edited?.[0]?.incident).toMatchObject({
      startedAt: NOON - 5 * HOUR,
      postedAt: NOON - HOUR / 2,
      firstSeenAt: NOON + 60_000,
      wasThereAtStart: false,
    });
  });

  it('report what is open at the first reading and say that it was there; what is over is history', () => {
    const [changes] = readings([incident(), over({ id: 'b' })]);
    expect(changes).toMatchObject([{ kind: 'opened', incident: { id: 'a', wasThereAtStart: true } }]);
  });

  it('report one that was posted only when it was over, but not an old one that moved up the list', () => {
    const old = over({ id: 'old', postedAt: NOON - 1000 * HOUR, updatedAt: NOON - 999 * HOUR, resolvedAt: null });
    expect(kinds([], [over(), old])).toEqual([[], ['opened', 'resolved']]);
  });

  it('resolve one that is no longer listed, without a time by the vendor, and reopen it if it comes back', () => {
    const [, gone, back] = readings([incident()], [], [incident()]);
    expect(gone).toMatchObject([{ kind: 'resolved', incident: { isOpen: false, resolvedAt: null } }]);
    expect(back).toMatchObject([{ kind: 'reopened', incident: { firstSeenAt: NOON } }]);
    expect(kinds([over()], [], [])).toEqual([[], [], []]);
  });

  it('take one that is listed twice for one', () => {
    expect(kinds([], [incident(), over()], [incident()])).toEqual([[], ['opened'], []]);
  });

  it('forget what has not been listed for a week', () => {
    const { history } = detectChanges(NO_HISTORY, [over()], NOON);
    expect(detectChanges(history, [], NOON + 8 * 24 * HOUR).history.incidents).toEqual([]);
  });
});
