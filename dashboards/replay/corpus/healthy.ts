import type { FaultName } from '@brownout/simulator';
import { EPOCH } from './cells.ts';
import type { Playable, PlayableCall } from './playable.ts';
import type { Random } from './random.ts';
import { DAY, HOUR, MINUTE, type Life, type Service, type World } from './world.ts';

/**
 * In one piece, since what looks at days is blind in the first ones. A day takes a minute and a half of a processor, so a month
 * is three quarters of an hour of it.
 */
export const HEALTHY_DAYS = 30;

/**
 * What goes wrong where nothing is wrong: shares of calls, each alone. Together the vendor's and the network's are 0.27 % of
 * the calls, within the objective of 99 %.
 */
export const MISHAPS = {
  connection_reset: 0.0003,
  no_headers: 0.0002,
  internal_server_error: 0.0005,
  overloaded: 0.0005,
  rate_limited: 0.0005,
  cut_with_error: 0.0003,
  stall_then_recover: 0.0002,
  late_first_chunk: 0.0003,
  empty_completion: 0.0002,
  html_200: 0.0001,
  bad_request: 0.001,
  refusal: 0.002,
  length_stop: 0.005,
} as const satisfies Partial<Readonly<Record<FaultName, number>>>;

interface HealthyService {
  readonly about: string;
  readonly provider: string;
  readonly model: string;
  readonly perMinute: (at: number) => number;
  readonly processes: number;
  /** Days between two deployments, in each of which one process after the other is replaced by a new one. */
  readonly deployedEvery: number;
  readonly streaming: boolean | 'both';
}

const hourOf = (at: number): number => ((at - EPOCH) % DAY) / HOUR;
const isWeekend = (at: number): boolean => Math.floor((at - EPOCH) / DAY) % 7 >= 5;
/** 0 in the middle of the night, 1 in the middle of the day. */
const daylight = (at: number): number => (1 - Math.cos((hourOf(at) / 24) * 2 * Math.PI)) / 2;

export const HEALTHY_SERVICES = {
  'support-assistant': {
    about: '2 calls a minute at night and 30 by day, half of that at weekends; a deployment every day',
    provider: 'openai',
    model: 'gpt-5',
    perMinute: (at) => (2 + 28 * daylight(at)) * (isWeekend(at) ? 0.5 : 1),
    processes: 2,
    deployedEvery: 1,
    streaming: true,
  },
  search: {
    about: '10 calls a minute, day and night, half of them streamed; a deployment a week',
    provider: 'openai',
    model: 'gpt-5-mini',
    perMinute: () => 10,
    processes: 2,
    deployedEvery: 7,
    streaming: 'both',
  },
  digest: {
    about: 'one call a minute, day and night',
    provider: 'openai',
    model: 'gpt-5-nano',
    perMinute: () => 1,
    processes: 1,
    deployedEvery: 10,
    streaming: false,
  },
  'order-desk': {
    about: 'one call in two minutes from 8 to 18 on weekdays, and nothing else',
    provider: 'anthropic',
    model: 'claude-sonnet-5',
    perMinute: (at) => (isWeekend(at) || hourOf(at) < 8 || hourOf(at) > 18 ? 0 : 0.5),
    processes: 2,
    deployedEvery: 2,
    streaming: true,
  },
  batch: {
    about: '100 calls a minute for 20 minutes every six hours, and nothing else',
    provider: 'anthropic',
    model: 'claude-haiku-5',
    perMinute: (at) => ((at - EPOCH) % (6 * HOUR) < 20 * MINUTE ? 100 : 0),
    processes: 1,
    deployedEvery: 5,
    streaming: false,
  },
} as const satisfies Readonly<Record<string, HealthyService>>;

/** All of these services, for some days. */
export function healthyWorld(
  playable: Playable,
  { seed, scrapedEvery, days }: { readonly seed: string; readonly scrapedEvery: number; readonly days: number },
): World {
  const from = EPOCH;
  const to = from + days * DAY;
  const services = Object.entries<HealthyService>(HEALTHY_SERVICES).map(([job, service]): Service => ({
    traffic: [
      {
        job,
        provider: service.provider,
        model: service.model,
        useCase: job,
        task: `${job}-task`,
        perMinute: service.perMinute,
        fate: (_, random) =>
          fateOf(service.streaming === 'both' ? random.next() < 0.5 : service.streaming, playable, random),
      },
    ],
    lives: livesOf(job, service, from, to),
  }));
  const providers = new Set(services.flatMap(({ traffic }) => traffic.map(({ provider }) => provider)));
  return {
    seed,
    from,
    to,
    scrapedEvery,
    services,
    pages: [...providers].map((provider) => ({ vendor: provider, provider })),
  };
}

function fateOf(streaming: boolean, playable: Playable, random: Random): PlayableCall {
  let chance = random.next();
  for (const [fault, share] of Object.entries(MISHAPS)) {
    const calls = playable.calls(fault, streaming);
    if (calls.length === 0) continue;
    if (chance < share) return random.pick(calls);
    chance -= share;
  }
  return random.pick(playable.calls('healthy', streaming));
}

/** At half past ten, one process after the other: the new one starts half a minute before the old one ends. */
function livesOf(job: string, { processes, deployedEvery }: HealthyService, from: number, to: number): readonly Life[] {
  const lives: Life[] = [];
  for (let process = 0; process < processes; process += 1) {
    let start = from;
    for (let day = 0; start < to; day += deployedEvery) {
      // What the last one does does not depend on how many days are looked at: fewer are the first ones of more.
      const end = from + day * DAY + 10.5 * HOUR + process * 2 * MINUTE;
      lives.push({ instance: `${job}-${day}-${process}`, from: start, to: end });
      start = end - MINUTE / 2;
    }
  }
  return lives;
}
