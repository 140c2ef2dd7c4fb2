import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Playable } from './corpus/playable.ts';
import { PAGE_SERIES, playWorld, type World } from './corpus/world.ts';
import { evaluate, type Transition } from './evaluate.ts';
import { ruleFilesFor } from './rules.ts';

/** What the shipped rules tell of a world. */
export async function replayWorld(
  evaluator: string,
  world: World,
  calls: Playable,
  onProgress: (share: number) => void,
): Promise<readonly Transition[]> {
  const folder = await mkdtemp(join(tmpdir(), 'brownout-replay-rules-'));
  try {
    const series = new Set([...calls.templates.map(({ name }) => name), ...PAGE_SERIES]);
    const ruleFiles: string[] = [];
    for (const [file, groups] of Object.entries(ruleFilesFor(series))) {
      ruleFiles.push(join(folder, file));
      await writeFile(join(folder, file), stringify({ groups }, { aliasDuplicateObjects: false }));
    }
    return await evaluate({
      evaluator,
      ruleFiles,
      // Groups are evaluated at moments that come from where the rules are installed, so every world installs them elsewhere.
      installed: `/etc/prometheus/${world.seed}`,
      lines: playWorld(world, calls, onProgress),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
