import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import headless from '@xterm/headless';
import { drawTerminal } from './picture/draw-terminal.ts';

/**
 * Runs the demo in a terminal of its own and draws what stood on its screen in the middle of the brownout. Needs the
 * command `script` of util-linux, which gives a program a terminal and records what it writes there.
 */

const COLUMNS = 92;
const ROWS = 21;
/** As the demo itself writes it. */
const WANTED = /BROWNOUT of \S+ since 19 s/;

/** The demo writes each frame in one piece: https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036 */
const FRAME_END = '\u001B[?2026l';

const ROOT = join(import.meta.dirname, '..');
const OUTPUT = join(ROOT, 'docs/images/demo.svg');

const folder = mkdtempSync(join(tmpdir(), 'brownout-picture-'));
try {
  const recording = record(join(folder, 'typescript'));
  mkdirSync(join(OUTPUT, '..'), { recursive: true });
  writeFileSync(OUTPUT, drawTerminal(await replay(recording), COLUMNS, ROWS));
  process.stdout.write(`Drew ${OUTPUT}.\n`);
} finally {
  rmSync(folder, { recursive: true });
}

function record(file: string): string {
  const demo = `stty cols ${COLUMNS} rows ${ROWS + 2}; "${process.execPath}" examples/support-assistant/demo/demo.ts`;
  const { status } = spawnSync('script', ['--quiet', '--return', '--command', demo, file], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, TERM: 'xterm-256color', NO_COLOR: undefined, CI: undefined },
  });
  if (status !== 0) throw new Error(`the demo ended with ${status}`);
  return readFileSync(file, 'utf8');
}

/** Plays the recording to a terminal up to the end of the frame that is wanted. */
async function replay(recording: string): Promise<headless.Terminal> {
  const found = WANTED.exec(recording);
  if (found === null) throw new Error('the demo never showed the moment that is to be drawn');
  const terminal = new headless.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  await new Promise<void>((resolve) => {
    terminal.write(recording.slice(recording.indexOf('\n') + 1, recording.indexOf(FRAME_END, found.index)), resolve);
  });
  return terminal;
}
