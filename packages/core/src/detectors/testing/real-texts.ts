/** Real text of every kind that a model is asked for, out of this repository alone: its own files and small texts with a provenance. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

const repository = join(import.meta.dirname, '../../../../..');
const here = relative(repository, join(import.meta.dirname, '../__fixtures__'));

const FILES = {
  prose: ['LICENSE', `${here}/pride-and-prejudice.txt`],
  code: ['packages/{core,dialects}/src/**/*.ts'],
  JSON: ['{package,tsconfig}*.json', 'packages/*/package.json', 'packages/dialects/src/*/__fixtures__/*.json'],
  events: ['packages/dialects/src/*/__fixtures__/*.sse'],
  markdown: ['{README,CONTRIBUTING}.md', 'docs/{adr,guides}/*.md'],
  tables: ['docs/performance.md', 'docs/reference/{attributes,faults,metrics}.md', `${here}/zone1970.tab`],
  poems: [`${here}/{the-bells,jindallaekkot.ko,evgeny-onegin.ru}.txt`],
  logs: [`${here}/dpkg-log.txt`],
  base64: [`${here}/isrg-root-x1.pem`],
  CJK: [`${here}/{hong-lou-meng.zh,wagahai-wa-neko-de-aru.ja,jindallaekkot.ko}.txt`],
} as const;

export interface RealText {
  readonly kind: keyof typeof FILES;
  readonly name: string;
  readonly text: string;
}

export const REAL_TEXTS: readonly RealText[] = (Object.keys(FILES) as (keyof typeof FILES)[]).flatMap((kind) =>
  FILES[kind]
    .flatMap((pattern) => globSync(join(repository, pattern)))
    // Tests hold what the detectors are to find.
    .filter((path) => !path.endsWith('.test.ts') && basename(dirname(path)) !== 'testing')
    .toSorted()
    .map((path) => ({ kind, name: relative(repository, path), text: readFileSync(path, 'utf8') })),
);

/** Article 1 of the Universal Declaration of Human Rights, by language. */
export const ARTICLE_1: ReadonlyMap<string, string> = new Map(
  readFileSync(join(repository, here, 'human-rights-article-1.txt'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t') as [language: string, text: string]),
);
