/** Texts and ways of cutting them that the detectors' tests share. Nothing big is kept here: the corpus is what is installed. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Numbers from 0 up to 1, the same for the same seed (a linear congruential generator). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Pieces of 1 to 12 UTF-16 units, so that words, numbers and surrogate pairs are cut too. */
export function cutAtRandom(text: string, random: () => number): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + 1 + Math.floor(random() * 12);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

const workspace = (function find(directory: string): string {
  return existsSync(join(directory, 'pnpm-workspace.yaml')) ? directory : find(dirname(directory));
})(import.meta.dirname);

const CORPUS = {
  prose: '{README,LICENSE,CHANGELOG,NOTICE}*',
  code: 'dist/*.{js,mjs,cjs}',
  types: '{lib,dist}/*.d.ts',
  json: '*.json',
  catalogs: 'lib/{zh-cn,zh-tw,ja,ko,ru}/*.json',
} as const;
export type CorpusKind = keyof typeof CORPUS;

/** Up to 200 texts of 2 to 400 kB from the installed packages: what they are changes with the lock file, that they are real text does not. */
export function installedTexts(kind: CorpusKind): { readonly file: string; readonly text: string }[] {
  const packages = join(workspace, 'node_modules', '.pnpm', '*', 'node_modules');
  const files = globSync(`${packages}/{*,@*/*}/${CORPUS[kind]}`).toSorted();
  return files
    .filter((file) => {
      const status = statSync(file);
      return status.isFile() && status.size > 2_000 && status.size < 400_000;
    })
    .slice(0, 200)
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

const rows = (count: number, row: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => row(index)).join('\n');
const noise = seededRandom(7);
const number = (below: number): number => Math.floor(noise() * below);
const pick = (...words: string[]): string => words[number(words.length)] ?? '';

/** Regular but sound: what a good model answers when it is asked for data, verse or a list. */
export const REGULAR_TEXTS: Readonly<Record<string, string>> = {
  'a ballad with a refrain': rows(8, (verse) =>
    [
      `${pick('The tide', 'The wind', 'The night')} came over the ${pick('harbour', 'moor', 'hill')} in the ${verse}th hour of rain,`,
      `and ${pick('Anna', 'Tom', 'the ferryman')} stood by the ${pick('door', 'quay', 'window')} and ${pick('sang', 'whispered', 'hummed')}:`,
      'Row, row, the water is wide,',
      'row, row, and come home on the tide.\n',
    ].join('\n'),
  ),
  'a CSV file': `date,region,units,price\n${rows(200, (day) => `2026-${1 + (day % 12)}-${1 + (day % 28)},${pick('north', 'south')},${number(900)},${number(99)}.50`)}`,
  'a markdown table': `| id | name | score |\n| --- | --- | --- |\n${rows(60, (id) => `| ${id} | ${pick('Ada', 'Grace', 'Edsger')} | ${number(100)} |`)}`,
  'a markdown list': rows(
    60,
    (item) =>
      `${item + 1}. **${pick('Check', 'Restart', 'Replace')}** the ${pick('pump', 'valve', 'filter')} in room ${number(50)}`,
  ),
  'a log': rows(
    100,
    (line) => `2026-11-22T10:${line % 60}:${number(60)}Z INFO request ${number(9_999)} served in ${number(400)} ms`,
  ),
  'JSON points, indented': JSON.stringify(
    { points: Array.from({ length: 80 }, () => ({ x: number(500), y: number(500) })) },
    null,
    2,
  ),
  'JSON points, minified': JSON.stringify({
    points: Array.from({ length: 400 }, () => ({ x: number(500), y: number(500) })),
  }),
  'a list of the first numbers': rows(300, (index) => String(index + 1)),
  'numbers on one line': Array.from({ length: 300 }, () => number(1_000)).join(' '),
  base64: Buffer.from(Array.from({ length: 6_000 }, () => number(256))).toString('base64'),
  'hexadecimal bytes': Array.from({ length: 600 }, () => `0x${number(256).toString(16).padStart(2, '0')},`).join(' '),
  'ruled headings': rows(
    12,
    (part) => `${'='.repeat(80)}\nPart ${part}: ${pick('tides', 'winds', 'charts')} ${number(99)}\n${'-'.repeat(80)}`,
  ),
  'deeply indented code': rows(
    80,
    (line) => `${' '.repeat(4 * (line % 12))}call_${number(999)}(${pick('a', 'b', 'c')});`,
  ),
  'Chinese prose':
    '潮水退去以后，码头上只剩下几条旧船和一盏没有熄灭的灯。老人坐在石阶上修补渔网，手指慢而准确，像是在数过去的日子。' +
    '孩子们沿着堤岸奔跑，捡起被浪打磨得光滑的玻璃片，举到阳光下比谁的颜色更深。傍晚时，风从北面吹来，带着盐和干草的味道。' +
    '镇上的人说，今年的鱼群比往年来得晚，但没有人着急，因为海从来没有失约。' +
    rows(
      40,
      () => `${pick('张三', '李四', '王五')}买了${number(90)}${pick('个苹果', '本书', '张纸')}，花了${number(500)}元。`,
    ),
  'Japanese prose':
    '朝の港には霧が立ちこめていた。船頭は帆をたたみ、岸に寄せる波の音を聞きながら、昨日の客の話を思い出していた。' +
    rows(
      40,
      () => `${pick('田中', '鈴木', '佐藤')}さんは${number(28) + 1}日に${pick('東京', '大阪', '札幌')}へ行きました。`,
    ),
};
