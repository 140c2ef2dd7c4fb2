#!/usr/bin/env node
import { runCommand } from './command/run-command.ts';

void runCommand(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
  // The line is written over until there is something to print.
  ...(process.stderr.isTTY ? { progress: (text: string) => void process.stderr.write(`\r\u001B[2K${text}`) } : {}),
  environment: process.env,
  interrupted: new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  }),
}).then((code) => {
  process.exitCode = code;
});
