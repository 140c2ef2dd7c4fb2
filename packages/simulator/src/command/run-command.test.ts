import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { FAULT_NAMES } from '../faults/catalogue.ts';
import { startSimulator } from '../start-simulator.ts';
import { openaiAt } from '../testing/clients.ts';
import { runCommand } from './run-command.ts';

async function run(...args: string[]) {
  const said = { out: '', complaints: '' };
  const code = await runCommand(args, {
    write: (text) => (said.out += text),
    complain: (text) => (said.complaints += text),
    colours: false,
    interrupted: Promise.resolve(),
  });
  return { ...said, code };
}

it('lists the faults as a table for people and as JSON for programs', async () => {
  const table = await run('--list-faults');
  const json = await run('--list-faults', '--json');
  expect([table.code, json.code]).toEqual([0, 0]);
  for (const name of FAULT_NAMES) expect(table.out).toMatch(new RegExp(`^${name} `, 'm'));
  const rows: unknown = JSON.parse(json.out);
  expect(rows).toHaveLength(FAULT_NAMES.length);
  expect(rows).toContainEqual(expect.objectContaining({ name: 'stall', expects: 'stalled', exceeds: 'gap' }));
});

it('explains itself, and explains what was wrong with how it was called', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--schedule <file>') });
  expect(await run('--port', 'high')).toMatchObject({ code: 1, complaints: expect.stringContaining('whole number') });
  expect(await run('--fault', 'gremlins')).toMatchObject({
    code: 1,
    complaints: expect.stringContaining('unknown fault "gremlins"'),
  });
  expect(await run('--schedule', '/nowhere.yaml')).toMatchObject({
    code: 1,
    complaints: expect.stringContaining('/nowhere.yaml: cannot be read'),
  });
});

it('says which port is taken', async () => {
  const simulator = await startSimulator();
  const { port } = simulator;
  const { code, complaints } = await run('--port', String(port));
  await simulator.close();
  expect(code).toBe(1);
  expect(complaints).toBe(`error: port ${port} is taken; choose another with --port, or 0 for a free one\n`);
});

it('says where it listens and what phase a schedule is in', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'command-')), 'outage.yaml');
  writeFileSync(path, 'phases:\n  - at: 0s\n    name: outage\n    faults: [overloaded;share=0.5]');
  const { code, out } = await run('--schedule', path);
  expect(code).toBe(0);
  expect(out).toMatch(/OPENAI_BASE_URL=http:\/\/127\.0\.0\.1:\d+\/v1\n/);
  expect(out).toMatch(/ANTHROPIC_BASE_URL=http:\/\/127\.0\.0\.1:\d+\n/);
  expect(out).toMatch(/^— outage overloaded 50 %$/m);
});

it('serves as a process, logs one line for each request without colours, and stops at once on Ctrl-C', async () => {
  const bin = fileURLToPath(new URL('../bin.ts', import.meta.url));
  const child = spawn(process.execPath, [bin, '--instant', '--fault', 'stall;afterChunks=1;share=0.5', '--seed', '5']);
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  const nextLine = (pattern: RegExp) =>
    new Promise<string>((resolve) => {
      const look = (line: string) => {
        lines.push(line);
        const found = pattern.exec(line)?.[1];
        if (found === undefined) return;
        reader.off('line', look);
        resolve(found);
      };
      reader.on('line', look);
    });
  const url = await nextLine(/OPENAI_BASE_URL=(http:\S+)\/v1$/);
  const logged = nextLine(/ (200) .* POST \/v1\/chat\/completions gpt-5$/);
  await openaiAt(url).chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: 'Hello' }] });
  expect(await logged).toBe('200');
  // A stream that hangs must not keep the process alive.
  const hanging = fetch(`${url}/~no_headers/v1/models`).catch((error: unknown) => String(error));
  await openaiAt(url).models.list();
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  child.kill('SIGINT');
  expect(await exited).toEqual({ code: 0, signal: null });
  expect(await hanging).toContain('fetch failed');
  expect(lines.join('\n')).not.toContain('\u001b');
});
