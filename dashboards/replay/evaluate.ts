import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** An alert that changed its state at an evaluation. */
export interface Transition {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: 'pending' | 'firing' | 'inactive';
  readonly labels: Readonly<Partial<Record<string, string>>>;
}

export interface Evaluation {
  /** The program of `evaluator/`. */
  readonly evaluator: string;
  readonly ruleFiles: readonly string[];
  /** The folder in which they are said to be installed: Prometheus evaluates each group at a moment that comes from it. */
  readonly installed: string;
  readonly lines: Iterable<string>;
}

/** Has Prometheus' own rule engine evaluate a past. */
export async function evaluate({ evaluator, ruleFiles, installed, lines }: Evaluation): Promise<readonly Transition[]> {
  const child = spawn(evaluator, ['-installed', installed, ...ruleFiles], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // It is alone with its work: it need not be interrupted, and memory is cheaper than collecting it.
    env: { ...process.env, GODEBUG: 'asyncpreemptoff=1', GOGC: '400' },
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const closed = once(child, 'close');
  const transitions: Transition[] = [];
  createInterface(child.stdout).on('line', (line) => transitions.push(JSON.parse(line) as Transition));
  const written = pipeline(Readable.from(inPieces(lines)), child.stdin).catch(() => {
    // It ended before it had read all; why is in what it says.
  });
  const [code] = (await closed) as [number | null];
  await written;
  if (code !== 0) throw new Error(`the evaluator ended with ${code}: ${complaints}`);
  return transitions;
}

const PIECE = 1 << 16;

function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
