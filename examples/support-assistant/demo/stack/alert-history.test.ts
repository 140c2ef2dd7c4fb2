import { expect, it } from 'vitest';
import { spellsOf } from './alert-history.ts';

const LABELS = { __name__: 'ALERTS', alertname: 'Stalls', severity: 'warning', category: 'stalled', model: 'm' };
const during = (alertstate: string, ...times: readonly number[]) => ({
  labels: { ...LABELS, alertstate },
  points: times.map((at) => ({ at, value: 1 })),
});

it('tells when an alert was pending, when it fired and when it ended, each time that it was on', () => {
  const series = [during('pending', 10, 13, 40, 100), during('firing', 16, 19, 22, 103, 106)];
  const alert = { alert: 'Stalls', severity: 'warning', category: 'stalled', labels: { model: 'm' } };
  expect(spellsOf(series, 3, 107)).toEqual([
    { ...alert, pending: 10, firing: 16, ended: 25 },
    // It goes on: the next evaluation is not due yet.
    { ...alert, pending: 100, firing: 103, ended: null },
    { ...alert, pending: 40, firing: null, ended: 43 },
  ]);
});

it('keeps alerts of different subjects apart', () => {
  const other = { labels: { ...LABELS, model: 'n', alertstate: 'firing' }, points: [{ at: 13, value: 1 }] };
  expect(spellsOf([during('firing', 10), other], 3, 20).map(({ labels }) => labels)).toEqual([
    { model: 'm' },
    { model: 'n' },
  ]);
});
