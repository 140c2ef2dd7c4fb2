import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PROGRAMS, type ProgramName } from './programs.ts';

/** Gets programs into the cache. Each step throws an error that says, to people, what did not work. */

const run = promisify(execFile);

/** Told what is going on, since getting a program takes seconds and building one minutes. */
export type Say = (text: string) => void;

/** The folder that a Debian package is unpacked into. */
export const debianFolder = (cache: string, packageName: string): string => join(cache, 'debian', packageName);

/** The folder that a version is built into. */
export const goFolder = (cache: string, name: ProgramName): string => join(cache, 'go', PROGRAMS[name].go.version);

/** Downloads a Debian package of the machine's own release and unpacks it, without installing anything. */
export async function getDebianPackage(cache: string, packageName: string, say: Say): Promise<void> {
  if (existsSync(debianFolder(cache, packageName))) return;
  await intoPlace(debianFolder(cache, packageName), async (folder) => {
    say(`getting the Debian package ${packageName}`);
    await download(packageName, folder, join(cache, 'apt'), say);
    const [file] = (await readdir(folder)).filter((name) => name.endsWith('.deb'));
    if (file === undefined) throw new Error(`apt-get downloaded nothing for ${packageName}`);
    await run('dpkg', ['-x', join(folder, file), folder]);
    await rm(join(folder, file));
  });
}

/** Builds the pinned version with Go, at a low priority. */
export async function buildWithGo(cache: string, name: ProgramName, say: Say): Promise<void> {
  const { module, version, main } = PROGRAMS[name].go;
  const folder = goFolder(cache, name);
  await mkdir(folder, { recursive: true });
  const building = await mkdtemp(join(folder, 'building-'));
  const start = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - start) / 1000)} s`;
  const progress = setInterval(() => say(`still building ${name} ${version} (${seconds()})`), 30_000);
  const go = (cwd: string, ...args: readonly string[]) =>
    run('nice', ['-n', '10', 'go', ...args], { cwd, env: { ...process.env, CGO_ENABLED: '0' }, maxBuffer: 1e8 });
  try {
    say(`building ${name} ${version} with Go, which takes some minutes`);
    const { stdout } = await go(building, 'mod', 'download', '-json', `${module}@${version}`);
    const { Dir: downloaded } = JSON.parse(stdout) as { readonly Dir: string };
    // In the module's own folder, so that its own versions of what it needs are used.
    await go(await completed(name, downloaded, building), 'build', '-o', join(building, name), `./${main}`);
    await rename(join(building, name), join(folder, name));
    say(`built ${name} ${version} in ${seconds()}`);
  } finally {
    clearInterval(progress);
    await rm(building, { recursive: true, force: true });
  }
}

/** The module's sources, with what they embed. Go keeps its own copy read-only. */
async function completed(name: ProgramName, downloaded: string, building: string): Promise<string> {
  const { go } = PROGRAMS[name];
  if (!('placeholder' in go)) return downloaded;
  const source = join(building, 'source');
  await cp(downloaded, source, { recursive: true });
  await run('chmod', ['-R', 'u+w', source]);
  await mkdir(dirname(join(source, go.placeholder)), { recursive: true });
  await writeFile(join(source, go.placeholder), '<!doctype html>');
  return source;
}

/** Where the machine has no package lists, or old ones, gets lists of our own: no right to change the machine's is needed. */
async function download(packageName: string, folder: string, aptFolder: string, say: Say): Promise<void> {
  const get = (...options: readonly string[]) =>
    run('apt-get', [...options, 'download', packageName], { cwd: folder, env: { ...process.env, LC_ALL: 'C' } });
  try {
    await get();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Error('there is no apt-get', { cause: error });
    await mkdir(join(aptFolder, 'lists/partial'), { recursive: true });
    const lists = ['-o', `Dir::State::Lists=${join(aptFolder, 'lists')}`, '-o', `Dir::Cache=${aptFolder}`];
    say('reading the package lists');
    await run('apt-get', [...lists, 'update']);
    await get(...lists);
  }
}

/** Fills a folder beside its place and moves it there when it is whole, so that another process sees all of it or nothing. */
async function intoPlace(place: string, fill: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(join(place, '..'), { recursive: true });
  const folder = await mkdtemp(`${place}-`);
  try {
    await fill(folder);
    await rename(folder, place);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(place)) throw error;
  }
}
