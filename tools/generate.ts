import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles as deploymentFiles } from '../collector/src/generated-files.ts';
import { renderDetectionFigure } from '../dashboards/replay/page/detection-figure.ts';
import { renderDetectionPage } from '../dashboards/replay/page/detection-page.ts';
import { generatedFiles } from '../dashboards/src/generated-files.ts';
import { PAGES } from './reference/pages.ts';

/** Writes the generated pages and rules; with `--check`, only says which of them are not what would be written. */

const ROOT = join(import.meta.dirname, '..');

const files = [
  ...Object.entries(PAGES).map(([path, render]) => ({ path, text: render() })),
  { path: 'docs/detection.md', text: renderDetectionPage() },
  { path: 'docs/images/detection.svg', text: renderDetectionFigure() },
  ...Object.entries(generatedFiles()).map(([path, text]) => ({ path: join('dashboards', path), text })),
  ...Object.entries(deploymentFiles()).map(([path, text]) => ({ path: join('collector', path), text })),
];

const stale = files.filter(({ path, text }) => {
  const file = join(ROOT, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
});

if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} is stale.`);
  if (stale.length > 0) {
    console.error('Run `pnpm generate` and commit what it writes.');
    process.exitCode = 1;
  }
} else {
  for (const { path, text } of stale) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    console.log(`Wrote ${path}.`);
  }
}
