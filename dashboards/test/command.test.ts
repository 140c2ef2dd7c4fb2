import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCommand } from '../src/command/run-command.ts';
import { generatedFiles } from '../src/generated-files.ts';

const out = mkdtempSync(join(tmpdir(), 'brownout-rules-'));
afterAll(() => rmSync(out, { recursive: true }));

async function rules(...args: readonly string[]) {
  let [said, complained] = ['', ''];
  const terminal = { write: (text: string) => (said += text), complain: (text: string) => (complained += text) };
  return { code: await runCommand(args, terminal, out), said, complained };
}

const mine = (text: string): string => {
  const file = join(out, 'mine.yaml');
  writeFileSync(file, text);
  return file;
};

test('it writes what is missing, says so once, and finds it fresh then', async () => {
  const count = Object.keys(generatedFiles()).length;
  expect(await rules('--check')).toMatchObject({ code: 1, said: expect.stringContaining('stale: ') });
  expect(await rules()).toMatchObject({ code: 0, said: expect.stringContaining('written: ') });
  expect(await rules('--check')).toEqual({
    code: 0,
    said: `${count} of ${count} files are as they should be.\n`,
    complained: '',
  });
});

test('with a file of mine only what differs is written, in JSON for programs', async () => {
  await rules();
  const config = mine('alerts: { BrownoutStreamsStalling: { share: 0.5 } }');
  const { code, said } = await rules('--config', config, '--json');
  const { written } = JSON.parse(said) as { readonly written: readonly string[] };
  expect(code).toBe(0);
  expect(written).toContain(join(out, 'prometheus/brownout-alerts.yaml'));
  expect(written).not.toContain(join(out, 'prometheus/brownout-recording.yaml'));
  expect(readFileSync(join(out, 'prometheus/brownout-alerts.yaml'), 'utf8')).toContain('ratio_increase15m > 0.5\n');
});

test('mistakes are told on the error stream and nothing is written', async () => {
  await rules();
  const before = readFileSync(join(out, 'prometheus/brownout-alerts.yaml'), 'utf8');
  const file = mine('alerts:\n  BrownoutNothing: {}\n');
  expect(await rules('--config', file)).toEqual({
    code: 2,
    said: '',
    complained: expect.stringMatching(
      /mine\.yaml:2: alerts\.BrownoutNothing: there is no such key.*\nNothing was written\.\n$/,
    ),
  });
  expect(readFileSync(join(out, 'prometheus/brownout-alerts.yaml'), 'utf8')).toBe(before);
  expect(await rules('--config', '/nowhere.yaml')).toMatchObject({
    code: 2,
    complained: '/nowhere.yaml: there is no such file.\nNothing was written.\n',
  });
});

test('it explains itself', async () => {
  expect(await rules('--help')).toMatchObject({ code: 0, said: expect.stringContaining('--config <file>') });
  expect(await rules('--nonsense')).toMatchObject({ code: 2, complained: expect.stringContaining('--nonsense') });
});
