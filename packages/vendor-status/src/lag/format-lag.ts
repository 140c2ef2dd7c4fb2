import type { Correlation, Lag } from './correlate.ts';
import type { Declaration, Evidence, Hurt, Moment } from './evidence.ts';

/** What came out, for people: a paragraph for each incident. */
export function formatLag(correlations: readonly Correlation[], { from, to }: Evidence): string {
  const range = `from ${time(from)} to ${time(to)}`;
  if (correlations.length === 0) return `No calls were hurt by a vendor and no vendor declared trouble ${range}.\n`;
  return [`What was seen and declared ${range}.`, '', ...correlations.flatMap((one) => [...paragraph(one), ''])].join(
    '\n',
  );
}

/** The same for programs: what was read, and what came of it. Times are Unix seconds, durations seconds. */
export const lagToJson = (correlations: readonly Correlation[], evidence: Evidence): string =>
  `${JSON.stringify({ correlations, evidence }, null, 2)}\n`;

function paragraph(one: Correlation): readonly string[] {
  switch (one.kind) {
    case 'posted': {
      const { declaration, hurts, lag, claimedLag } = one;
      return [
        `${titleOf(declaration)}: ${lagSentence(lag)}`,
        ...hurts.map(hurtLine),
        ...postLines(declaration),
        ...(declaration.claimedStart === null || claimedLag === null
          ? []
          : [line('claimed start', `${time(declaration.claimedStart)}, ${offset(claimedLag, 'the onset')}`)]),
      ];
    }
    case 'never_posted':
      return [
        `${one.vendor}: never posted`,
        hurtLine(one.hurt),
        line('page', `last read at ${time(one.lastRead)}; not read for ${duration(one.longestBlind)} at the longest`),
      ];
    case 'not_read':
      return [
        `${one.hurt.provider}: unknown whether it was posted`,
        hurtLine(one.hurt),
        line('page', 'none of this provider was read and understood since the onset'),
      ];
    case 'saw_nothing': {
      const calls = one.declaration.callsMeanwhile;
      return [
        `${titleOf(one.declaration)}: we saw nothing`,
        line('your calls', `${calls === 1 ? '1 call' : `${calls} calls`} meanwhile, not hurt beyond the rule`),
        ...postLines(one.declaration),
      ];
    }
    case 'no_calls':
      return [
        `${titleOf(one.declaration)}: no calls meanwhile that could have seen anything`,
        ...postLines(one.declaration),
      ];
  }
}

const titleOf = ({ vendor, name }: Declaration): string => (name === null ? vendor : `${vendor} "${name}"`);

/** The lag in words: who was first, and by how much. */
function lagSentence({ seconds, least, most }: Lag): string {
  const exact = `first posted ${offset(seconds, 'the onset')}`;
  if (least === null) return `${exact}, or before: it stood there when the range begins`;
  if (most === null) return `${exact}, or more: calls were hurt when the range begins`;
  return most - least < 1 ? exact : `${exact} (from ${signed(least)} to ${signed(most)})`;
}

function offset(seconds: number, what: string): string {
  if (Math.abs(seconds) < 1) return `at ${what}`;
  return `${duration(Math.abs(seconds))} ${seconds < 0 ? 'before' : 'after'} ${what}`;
}

const signed = (seconds: number): string => `${seconds < 0 ? '−' : '+'}${duration(Math.abs(seconds))}`;

function hurtLine({ model, provider, onset, end, calls, hurtCalls }: Hurt): string {
  const until = end === null ? 'on' : `to ${time(end)}`;
  return line('your calls', `${provider} ${model} hurt from ${moment(onset)} ${until}: ${hurtCalls} of ${calls} calls`);
}

function postLines({ firstPost, end, url }: Declaration): readonly string[] {
  return [
    line('first post', `${moment(firstPost)}, ${end === null ? 'not over' : `over at ${time(end)}`}`),
    ...(url === null ? [] : [line('page', url)]),
  ];
}

const line = (label: string, text: string): string => `  ${label.padEnd(14)} ${text}`;

function moment({ at, after }: Moment): string {
  if (after === null) return `${time(at)} or before`;
  return at - after < 1 ? time(at) : `${time(at)} (to within ${duration(at - after)})`;
}

const time = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

/** `14 s`, `2 min 5 s`, `1 h 20 min`: the two largest parts that say something. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const parts = h > 0 ? [`${h} h`, min > 0 ? `${min} min` : ''] : [min > 0 ? `${min} min` : '', s > 0 ? `${s} s` : ''];
  return parts.filter(Boolean).join(' ') || '0 s';
}
