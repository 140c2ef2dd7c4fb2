import { describe, expect, it } from 'vitest';
import { correlate, isNamed } from './correlate.ts';
import type { Declaration, Evidence, Hurt } from './evidence.ts';
import { firstPostOf } from './first-post.ts';
import { addUp, type CountSample, findHurts, type HurtRule, increasesOf } from './find-hurts.ts';

const RULE: HurtRule = { windowSeconds: 300, leastCalls: 20, leastShare: 0.1 };
const STEP = 60;

/** One sample a minute: ten calls in each, `hurt` of them spoiled; `null` is a scrape that failed. */
function samples(minutes: number, hurt: (minute: number) => number | null): readonly CountSample[] {
  let calls = 1000;
  let hurtCalls = 50;
  return Array.from({ length: minutes }, (_, minute) => {
    const more = hurt(minute);
    calls += 10;
    hurtCalls += more ?? 0;
    return more === null ? [] : [{ at: minute * STEP, calls, hurtCalls }];
  }).flat();
}

const between = (from: number, to: number, count: number) => (minute: number) =>
  minute >= from && minute < to ? count : 0;

const spellsOf = (counted: readonly CountSample[], now = 6000) => findHurts(increasesOf(counted), RULE, now);

describe('the onset in the metrics of the application', () => {
  it('is the first spoiled call of the first bad window, to within two samples', () => {
    expect(spellsOf(samples(90, between(20, 40, 5)))).toEqual([
      { onset: { at: 20 * STEP, after: 19 * STEP }, end: 39 * STEP, calls: 200, hurtCalls: 100 },
    ]);
  });

  it('may have been before anybody looked, unless nothing was spoiled by then', () => {
    expect(spellsOf(samples(60, between(0, 20, 5)))[0]?.onset).toEqual({ at: STEP, after: null });
    const fresh = samples(60, between(1, 20, 5)).map((one) => ({ ...one, hurtCalls: one.hurtCalls - 50 }));
    expect(spellsOf(fresh)[0]?.onset).toEqual({ at: STEP, after: 0 });
  });

  it('is there from one in ten on, and not below', () => {
    expect(spellsOf(samples(60, () => 1))).toHaveLength(1);
    expect(spellsOf(samples(60, (minute) => (minute % 2 === 1 ? 1 : 0)))).toEqual([]);
  });

  it('needs twenty calls', () => {
    const few = (count: number) =>
      Array.from({ length: count + 1 }, (_, index) => ({ at: index * 10, calls: index, hurtCalls: index }));
    expect(spellsOf(few(19))).toEqual([]);
    expect(spellsOf(few(20))).toHaveLength(1);
  });

  it('has no end while the last window may go on', () => {
    const counted = samples(30, between(20, 99, 5));
    expect(spellsOf(counted, 29 * STEP)[0]?.end).toBeNull();
    expect(spellsOf(counted, 34 * STEP)[0]?.end).toBe(29 * STEP);
  });

  it('takes two spells with less than a window between them for one', () => {
    const twice = (pause: number) => (minute: number) =>
      (minute >= 10 && minute < 15) || (minute >= 15 + pause && minute < 20 + pause) ? 5 : 0;
    expect(spellsOf(samples(60, twice(3)))).toHaveLength(1);
    expect(spellsOf(samples(60, twice(12)))).toHaveLength(2);
  });

  it('does not take a process that began anew for one that was hurt, and counts on from there', () => {
    const before = samples(20, () => 0);
    const after = samples(40, between(20, 40, 5)).map(({ at, calls, hurtCalls }) => ({
      at: at + 20 * STEP,
      calls: calls - 1000,
      hurtCalls: hurtCalls - 50,
    }));
    expect(spellsOf([...before, ...after])[0]).toMatchObject({ onset: { at: 40 * STEP, after: 39 * STEP } });
    expect(increasesOf([...before, ...after])[19]).toMatchObject({ calls: 10, hurtCalls: 0 });
  });

  it('says how much less exact it is where samples are missing', () => {
    const [spell] = spellsOf(
      samples(60, (minute) => (minute >= 18 && minute < 24 ? null : between(18, 40, 5)(minute))),
    );
    expect(spell?.onset).toEqual({ at: 24 * STEP, after: 17 * STEP });
  });

  it('is that of all processes together', () => {
    const first = increasesOf(samples(60, () => 0));
    const second = increasesOf(samples(60, between(30, 40, 3)));
    expect(addUp([first, second])[1]).toEqual({ at: 2 * STEP, after: STEP, calls: 20, hurtCalls: 0 });
    expect(findHurts(addUp([first, second]), RULE, 6000)).toMatchObject([
      { onset: { at: 30 * STEP, after: 29 * STEP } },
    ]);
  });
});

describe('the first post', () => {
  const READINGS = [100, 160, 220];
  it.each([
    ['is when the vendor says', 190, 220, { at: 190, after: 190 }],
    ['is not when it says if the page was read in between without it', 50, 220, { at: 220, after: 160 }],
    ['is the first sight where the vendor says nothing', null, 160, { at: 160, after: 100 }],
    ['is not after the first sight, whatever the clocks say', 230, 220, { at: 220, after: 160 }],
    ['may have been any time before the first reading', null, 100, { at: 100, after: null }],
    ['is when the vendor says, where nobody looked before', 20, 100, { at: 20, after: 20 }],
  ])('%s', (_, posted, firstSeen, moment) => expect(firstPostOf(posted, firstSeen, READINGS)).toEqual(moment));
});

const HURT: Hurt = {
  provider: 'openai',
  model: 'gpt-5-mini',
  onset: { at: 1000, after: 985 },
  end: 2000,
  calls: 300,
  hurtCalls: 100,
};
const POST: Declaration = {
  vendor: 'openai',
  providers: ['openai'],
  models: 'unclear',
  id: 'i1',
  name: 'Elevated errors',
  url: null,
  firstPost: { at: 1300, after: 1300 },
  claimedStart: 900,
  end: 2100,
  callsMeanwhile: 250,
};
const EVIDENCE: Evidence = {
  from: 0,
  to: 10_000,
  hurts: [HURT],
  declarations: [POST],
  readings: [{ vendor: 'openai', providers: ['openai'], times: [60, 500, 1060, 1500, 9990] }],
};

describe('an incident, from both sides', () => {
  it('has a lag from the onset to the first post, which is not the beginning that the vendor claims', () => {
    expect(correlate(EVIDENCE)).toEqual([
      {
        kind: 'posted',
        declaration: POST,
        hurts: [HURT],
        lag: { seconds: 300, least: 300, most: 315 },
        claimedLag: -100,
      },
    ]);
  });

  it('has a negative one where the vendor was first', () => {
    const early = { ...POST, firstPost: { at: 940, after: 880 }, claimedStart: null };
    expect(correlate({ ...EVIDENCE, declarations: [early] })).toMatchObject([
      { kind: 'posted', lag: { seconds: -60, least: -120, most: -45 }, claimedLag: null },
    ]);
  });

  it('has no bound where one side was there before anybody looked', () => {
    const atStart = { ...POST, firstPost: { at: 0, after: null } };
    expect(correlate({ ...EVIDENCE, declarations: [atStart] })).toMatchObject([
      { lag: { seconds: -1000, least: null } },
    ]);
  });

  it('was never posted where the page was read and said nothing', () => {
    expect(correlate({ ...EVIDENCE, declarations: [] })).toEqual([
      { kind: 'never_posted', hurt: HURT, vendor: 'openai', lastRead: 9990, longestBlind: 8490 },
    ]);
  });

  it.each([
    ['was not read from then on', [{ vendor: 'openai', providers: ['openai'], times: [60, 500] }]],
    ['is that of another vendor', [{ vendor: 'anthropic', providers: ['anthropic'], times: [1500] }]],
  ])('is unknown, not unposted, where the page %s', (_, readings) => {
    expect(correlate({ ...EVIDENCE, declarations: [], readings })).toEqual([{ kind: 'not_read', hurt: HURT }]);
  });

  it('says that the application saw nothing, or had no calls that could have', () => {
    const elsewhere = { ...POST, providers: ['anthropic'] };
    const rows = correlate({
      ...EVIDENCE,
      declarations: [elsewhere, { ...elsewhere, callsMeanwhile: 0 }],
    });
    expect(rows.map(({ kind }) => kind)).toEqual(['never_posted', 'saw_nothing', 'no_calls']);
  });

  it('belongs together if it overlaps, or if the post comes within the slack after the calls have recovered', () => {
    const late = (at: number) => ({ ...POST, firstPost: { at, after: at }, claimedStart: null, end: null });
    const kindsAt = (at: number) => correlate({ ...EVIDENCE, declarations: [late(at)] }).map(({ kind }) => kind);
    expect(kindsAt(2000 + 3600)).toEqual(['posted']);
    expect(kindsAt(2001 + 3600)).toEqual(['never_posted', 'saw_nothing']);
    expect(correlate({ ...EVIDENCE, declarations: [late(2001)] }, 0).map(({ kind }) => kind)).toContain('never_posted');
  });

  it('begins with the first of several models', () => {
    const other = { ...HURT, model: 'gpt-5', onset: { at: 950, after: 940 } };
    expect(correlate({ ...EVIDENCE, hurts: [HURT, other] })).toMatchObject([
      { hurts: [{ model: 'gpt-5' }, { model: 'gpt-5-mini' }], lag: { seconds: 350 } },
    ]);
  });

  it('concerns only the models that the vendor names', () => {
    expect(
      correlate({ ...EVIDENCE, declarations: [{ ...POST, models: ['gpt-4.1'] }] }).map(({ kind }) => kind),
    ).toEqual(['never_posted', 'saw_nothing']);
    expect(isNamed('gpt-5-mini', ['gpt-5'])).toBe(true);
    expect(isNamed('gpt-5.6', ['gpt-5'])).toBe(false);
    expect(isNamed('gpt-50', ['gpt-5'])).toBe(false);
  });
});
