import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeApplication } from './application.ts';

const root = mkdtempSync(path.join(tmpdir(), 'brownout-application-'));
afterAll(() => rmSync(root, { recursive: true }));

const place = (file: string, content: string): string => {
  const absolute = path.join(root, file);
  mkdirSync(path.dirname(absolute), { recursive: true });
  writeFileSync(absolute, content);
  return absolute;
};

place('named/package.json', '{ "name": "ticket-desk" }');
place('named/dist/package.json', '{ "type": "commonjs" }');
place('broken/package.json', '{ "name": ');

test('an application is called as its package is, past a package.json that has no name', () => {
  const entry = place('named/dist/server.js', '');

  expect(describeApplication(entry, root)).toEqual({ directory: path.dirname(entry), name: 'ticket-desk' });
});

test('an application without a readable package is called as its entry file is', () => {
  place('broken/mailer.mjs', '');

  expect(describeApplication('mailer.mjs', path.join(root, 'broken')).name).toBe('mailer');
});

test('a command that is linked into a bin folder is found where it lives', () => {
  const entry = place('named/bin/desk.js', '');
  mkdirSync(path.join(root, 'bin'));
  symlinkSync(entry, path.join(root, 'bin/desk'));

  expect(describeApplication(path.join(root, 'bin/desk'), root).name).toBe('ticket-desk');
});

test('code from the command line has no name', () => {
  expect(describeApplication(undefined, root)).toEqual({ directory: root, name: undefined });
});
