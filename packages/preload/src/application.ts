import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** What the preload can know about the program that it was loaded into, before that program runs. */
export interface Application {
  /** Directory from which the application resolves its own packages. */
  readonly directory: string;
  /** Name for `service.name` where the environment gives none; `undefined` for `node -e` and the REPL. */
  readonly name: string | undefined;
}

/** `name` of the nearest package.json, as npm reads it: a package without a name (`{"type":"module"}`) does not count. */
function packageName(directory: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as { name?: unknown };
    if (typeof name === 'string' && name !== '') return name;
  } catch {
    // No package here, or one that cannot be read: look further up.
  }
  const parent = path.dirname(directory);
  return parent === directory ? undefined : packageName(parent);
}

/**
 * @param entry the file that Node was told to run (`process.argv[1]`)
 * @param workingDirectory where there is no such file
 */
export function describeApplication(entry: string | undefined, workingDirectory: string): Application {
  if (entry === undefined || entry === '' || entry === '-') return { directory: workingDirectory, name: undefined };
  let file = path.resolve(workingDirectory, entry);
  try {
    file = realpathSync(file);
  } catch {
    // Node accepts an entry without its extension; its directory is right all the same.
  }
  const directory = path.dirname(file);
  return { directory, name: packageName(directory) ?? path.parse(file).name };
}
