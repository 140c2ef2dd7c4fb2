import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Gets programs into the cache. Each step throws an error that says, to people, what did not work. */

const run = promisify(execFile);

/** Told what is going on, since getting a program takes seconds and building one minutes. */
export type Say = (text: string) => void;

/** The folder that a Debian package is unpacked into. */
export const debianFolder = (cache: string, packageName: string): string => join(cache, 'debian', packageName);

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
