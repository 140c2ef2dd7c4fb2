import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { buildWithGo, goFolder } from './build-with-go.ts';
import { debianFolder, getDebianPackage, type Say } from './get-program.ts';
import { isProgram } from './is-program.ts';
import { PROGRAMS, type ProgramName } from './programs.ts';

export type Found =
  | {
      readonly kind: 'found';
      readonly path: string;
      /** As the program itself says it: `2.42.0`, `3.16.0`. */
      readonly version: string;
      readonly from: string;
    }
  | {
      readonly kind: 'missing';
      /** What was tried and why it did not work, for the reason of a skipped test. */
      readonly why: string;
    };

/**
 * `any`: what is there or quickly had. `debian`: the machine's Debian release's (bookworm: Prometheus 2.42, Alertmanager 0.25).
 * `newest`: the pinned newest one, where it has been built before. `build`: the same, built with Go now if need be.
 * `own`: the user's own, else that one. `quick`: whatever is there, and the newest one built before unpacking Debian's.
 */
export type Wanted = 'any' | 'debian' | 'newest' | 'build' | 'own' | 'quick';

/**
 * Finds a real program or gets it: the user's own, the `PATH`'s, the cache's, Debian's, or one built with Go. Throws where a
 * program's sources were had and do not compile.
 */
export async function findProgram(name: ProgramName, wanted: Wanted = 'any', say: Say = sayOnStderr): Promise<Found> {
  const tried: string[] = [];
  for (const source of SOURCES[wanted]) {
    const found = await LOOK[source](name, say);
    if (typeof found === 'object')
      return { kind: 'found', version: await versionOf(found.path).catch(() => 'unknown'), ...found };
    tried.push(found);
  }
  const why = `no ${name}: ${tried.join('; ')}. Set ${PROGRAMS[name].variable} to the path of one.`;
  say(why);
  return { kind: 'missing', why };
}

const SOURCES = {
  any: ['variable', 'path', 'debian', 'built'],
  debian: ['debian'],
  newest: ['built'],
  build: ['go'],
  own: ['variable', 'path', 'go'],
  quick: ['variable', 'path', 'built', 'debian', 'go'],
} as const satisfies Readonly<Record<Wanted, readonly string[]>>;

type Source = (typeof SOURCES)[Wanted][number];

/** Each source gives a program, or why it has none. */
const LOOK: Readonly<
  Record<Source, (name: ProgramName, say: Say) => Promise<{ path: string; from: string; version?: string } | string>>
> = {
  async variable(name) {
    const { variable } = PROGRAMS[name];
    const path = process.env[variable];
    if (path === undefined) return `${variable} is not set`;
    return isProgram(path) ? { path, from: variable } : `${variable} is ${path}, which is no program`;
  },
  async path(name) {
    const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
    const path = folders.flatMap((folder) => namesOf(name).map((file) => join(folder, file))).find(isProgram);
    return path === undefined ? 'not on the PATH' : { path, from: 'PATH' };
  },
  async debian(name, say) {
    const packages: readonly string[] = PROGRAMS[name].debian ?? [];
    const problems: string[] = [];
    for (const packageName of packages) {
      const paths = namesOf(name).map((file) => join(debianFolder(cacheFolder(), packageName), 'usr/bin', file));
      await getDebianPackage(cacheFolder(), packageName, (text) => say(`${name}: ${text}`)).catch((error: unknown) =>
        problems.push(firstLine(error)),
      );
      const path = paths.find(isProgram);
      if (path !== undefined) return { path, from: `Debian's ${packageName}` };
    }
    return packages.length === 0
      ? 'no Debian package of it can be used'
      : (problems.at(-1) ?? 'not in its Debian packages');
  },
  async built(name) {
    const path = join(goFolder(cacheFolder(), name), name);
    const { version, release } = PROGRAMS[name].go;
    // Built without its makefile, it does not know its version.
    return isProgram(path) ? { path, from: 'built with Go', version: release } : `${version} has not been built`;
  },
  async go(name, say) {
    const before = await LOOK.built(name, say);
    if (typeof before === 'object') return before;
    const lacking = await buildWithGo(cacheFolder(), name, (text) => say(`${name}: ${text}`));
    return lacking ?? LOOK.built(name, say);
  },
};

/** Outside the repository, so that a clean checkout does not get everything again. */
const cacheFolder = (): string => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'brownout/programs');

const namesOf = (name: ProgramName): readonly string[] => PROGRAMS[name].names;

const sayOnStderr: Say = (text) => console.error(text);

async function versionOf(path: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(path, ['--version']);
  return /version (\d+\.\d+\.\d+)/.exec(stdout + stderr)?.[1] ?? 'unknown';
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
