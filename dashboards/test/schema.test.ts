import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/**
 * The shipped files against the types that Grafana itself publishes of them, for the oldest and the newest that they are
 * for: no property that it does not know, none missing, no value that is none.
 */

const ROOM = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'brownout-schema-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Types have enumerations; files have their values. */
const PLAIN = `
type Plain<T> = T extends string ? \`\${T}\`
  : T extends number ? (number extends T ? T : \`\${T}\` extends \`\${infer N extends number}\` ? N : never)
  : T extends readonly (infer U)[] ? Plain<U>[]
  : T extends object ? { [K in keyof T]: Plain<T[K]> }
  : T;`;

const TYPES = join(ROOM, 'node_modules/@grafana');
const FORMS = [
  {
    name: 'classic, as Grafana 13 takes it',
    files: 'grafana',
    type: 'Dashboard',
    from: `${TYPES}/schema/dist/types/index.d.ts`,
    // In every version it is the plugins that say the rest of these.
    known: {
      auto: 'of variables of another kind; the SDK writes it for all',
      expr: 'of annotations of Prometheus',
    },
  },
  {
    name: 'classic, as Grafana 10 takes it',
    files: 'grafana',
    type: 'Dashboard',
    from: `${TYPES}/schema-10/dist/index.d.ts`,
    known: {
      multi: 'of variables; Grafana 10 has it and its types do not',
      builtIn: 'of annotations; the same',
      placement: 'of links, from Grafana 12 on; without it they are where they always were',
      transformations: 'not left out by the types, but by the files of Grafana 10 itself',
      null: 'the lowest threshold, as JSON has no infinity; Grafana 10 writes it so, too',
    },
  },
  {
    name: 'resource, as Grafana 13 takes it',
    files: 'grafana-v2',
    type: 'Spec',
    from: `${TYPES}/schema/dist/types/schema/dashboard/v2/index.d.ts`,
    known: {},
  },
] as const;

test.each(FORMS)('$name: it is what the published types say', async ({ files, type, from, known, name }) => {
  const place = mkdtempSync(join(folder, 'form-'));
  const dashboards = readdirSync(join(ROOM, files)).filter((file) => file.endsWith('.json'));
  expect(dashboards, name).toHaveLength(9);
  for (const file of dashboards) {
    const json = JSON.parse(readFileSync(join(ROOM, files, file), 'utf8')) as { readonly spec?: unknown };
    writeFileSync(
      join(place, file.replace('.json', '.ts')),
      `import type { ${type} } from 'published';${PLAIN}\nexport const dashboard: Plain<${type}> = ${JSON.stringify(json.spec ?? json, null, 1)};`,
    );
  }
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: 'nodenext',
    target: 'esnext',
    types: [],
    paths: { published: [from] },
  };
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const complaints = (await compile(place)).map(propertyIn);
  // No complaint is new, and none that is known is gone.
  expect([...new Set(complaints)].toSorted()).toEqual(Object.keys(known).toSorted());
});

/** What the compiler complains of, a line each. */
const compile = (place: string): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const compiler = join(ROOM, '../node_modules/.bin/tsc');
    execFile(compiler, ['-p', place, '--pretty', 'false'], { maxBuffer: 1e8 }, (error, stdout) => {
      if (error !== null && stdout === '') reject(error);
      else resolve(stdout.split(/\n(?! )/).filter((line) => line !== ''));
    });
  });

/** The property that a complaint is about, or all of the complaint. */
const propertyIn = (complaint: string): string =>
  /'"(\w+)"' does not exist/.exec(complaint)?.[1] ??
  /Property '(\w+)' is missing/.exec(complaint)?.[1] ??
  /Type '(null)' is not assignable to type 'number/.exec(complaint)?.[1] ??
  complaint.slice(0, 400);
