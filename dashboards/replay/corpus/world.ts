import { METRICS, prometheusName } from '@brownout/signals';
import type { Playable, PlayableCall } from './playable.ts';
import { createRandom, type Random } from './random.ts';
import { startProcess, type Caller, type ScrapedProcess, type Script } from './scraped-process.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Calls that are made for one reason to one model. */
export interface Traffic extends Caller {
  /** Calls a minute, of the whole service, at a moment. */
  readonly perMinute: (at: number) => number;
  /** What becomes of a call that is made at a moment. */
  readonly fate: (at: number, random: Random) => PlayableCall;
}

/** A process of a service, from its start to its end. */
export interface Life {
  readonly instance: string;
  readonly from: number;
  readonly to: number;
}

export interface Service {
  readonly traffic: readonly Traffic[];
  readonly lives: readonly Life[];
}

/** A vendor's status page as the poller reads it. */
export interface StatusPage {
  readonly vendor: string;
  readonly provider: string;
}

export interface World {
  readonly seed: string;
  readonly from: number;
  readonly to: number;
  /** Milliseconds between two scrapes of a process. */
  readonly scrapedEvery: number;
  readonly services: readonly Service[];
  readonly pages: readonly StatusPage[];
}

/** Writes all that happens in a world, in the order of its time. */
export function* playWorld(
  world: World,
  playable: Playable,
  onProgress: (share: number) => void = () => {},
): Generator<string> {
  const { from, to, scrapedEvery: every } = world;
  const lines: string[] = [];
  let targets = 0;
  let series = 0;
  const script: Script = {
    write: (line) => void lines.push(JSON.stringify(line)),
    newTarget: () => targets++,
    newSeries: () => series++,
  };
  const actors = [
    ...world.services.flatMap((service) => service.lives.map((life) => processActor(world, playable, service, life))),
    ...world.pages.map((page) => pageActor(world, page)),
  ].toSorted((a, b) => a.phase - b.phase);
  script.write({ at: from });
  for (let round = from; round < to; round += every) {
    for (const { phase, act } of actors) act(round + phase, script);
    // Lines come in the order of time: of one round, everybody has its own moment.
    yield* lines.splice(0);
    onProgress((round - from) / (to - from));
  }
  script.write({ at: to });
  yield* lines.splice(0);
}

/** Somebody who is scraped once a round, at a moment of its own. */
interface Actor {
  readonly phase: number;
  readonly act: (at: number, script: Script) => void;
}

function processActor(world: World, playable: Playable, service: Service, life: Life): Actor {
  const { seed, scrapedEvery: every } = world;
  const random = createRandom(seed, life.instance, life.from);
  /** Ended calls by the round in which they are seen. */
  const ended = new Map<number, [Caller, PlayableCall, at: number][]>();
  let process: ScrapedProcess | 'gone' | undefined;
  let round = 0;
  return {
    phase: 2 + Math.floor(random.next() * (every - 2)),
    act(at, script) {
      if (at < life.from || process === 'gone') return;
      if (at >= life.to) {
        process?.gone(at - 1);
        process = 'gone';
        return;
      }
      process ??= startProcess(script, playable, { instance: life.instance, at, every });
      const since = Math.max(at - every, life.from);
      for (const traffic of service.traffic) {
        const alive = service.lives.filter((one) => one.from <= at && at < one.to).length;
        const expected = (traffic.perMinute((since + at) / 2) * (at - since)) / MINUTE / alive;
        for (let left = random.poisson(expected); left > 0; left -= 1) {
          const made = since + random.next() * (at - since);
          const call = traffic.fate(made, random);
          const end = made + call.milliseconds;
          const later = Math.floor((end - at) / every) + 1;
          const seenIn = round + Math.max(0, later);
          const list = ended.get(seenIn) ?? [];
          ended.set(seenIn, list);
          list.push([traffic, call, end]);
        }
      }
      for (const [caller, call, end] of ended.get(round) ?? []) process.ended(caller, call, end);
      ended.delete(round);
      process.tell(at - 1);
      round += 1;
    },
  };
}

const LAST_SUCCESS = prometheusName(METRICS.vendorLastSuccess);
const STATUS = prometheusName(METRICS.vendorStatus);

/** What the poller exposes of a page that has no incidents. */
export const PAGE_SERIES: readonly string[] = [LAST_SUCCESS, STATUS];

/** As the poller tells a page that it has just read and on which all is operational. */
function pageActor({ seed, scrapedEvery: every }: World, { vendor, provider }: StatusPage): Actor {
  const random = createRandom(seed, 'page', vendor);
  let first: number | undefined;
  return {
    phase: 2 + Math.floor(random.next() * (every - 2)),
    act(at, script) {
      if (first === undefined) {
        const target = script.newTarget();
        const common = { job: 'vendor-status', instance: `poller:${vendor}`, brownout_vendor: vendor };
        const ofProvider = { ...common, gen_ai_provider_name: provider };
        script.write({ at, target: { id: target, every } });
        first = script.newSeries();
        script.newSeries();
        for (const labels of [
          { __name__: LAST_SUCCESS, ...common },
          { __name__: STATUS, ...ofProvider, brownout_vendor_component: 'API' },
        ])
          script.write({ series: { target, labels } });
        script.write({ at: at - 1, set: [first + 1, 0] });
      }
      script.write({ at: at - 1, set: [first, Math.floor((at - 20 * SECOND) / 1000)] });
    },
  };
}
