import type { MachineFacts } from './machine-facts.ts';
import type { CostRow } from './measure-cost.ts';
import { FLOOR } from './measure-floor.ts';
import type { FloorRow } from './measure-floor.ts';
import type { MemoryRow } from './measure-memory.ts';
import { STARTS } from './measure-startup.ts';
import type { StartupRow } from './measure-startup.ts';
import type { Quartiles } from './statistics.ts';
import { VARIANTS } from './variants.ts';

export interface Results {
  readonly machine: MachineFacts;
  readonly cost: readonly CostRow[];
  readonly floor: readonly FloorRow[];
  readonly memory: readonly MemoryRow[];
  readonly startup: readonly StartupRow[];
}

type Cells = readonly string[];

/** In Markdown that is also readable in a terminal. */
export interface Table {
  readonly heading: string;
  readonly body: string;
}

/** The tables of what was measured, each with the machine that it was measured on. */
export function render({ machine, cost, floor, memory, startup }: Results): readonly Table[] {
  const costColumns = ['Over', 'Unit', 'Variant', 'µs [quartiles]', 'Added, µs', 'Added, 1,000 instructions'];
  const memoryColumns = [
    'Streams',
    'Chunks so far',
    'Variant',
    'Heap and external, KiB per stream',
    'Added, KiB per stream',
    'Process, MiB',
  ];
  const tables = [
    { heading: '### Processor time', columns: costColumns, rows: cost.map(costCells) },
    { heading: '### The floor', columns: ['Once per', 'Step', 'µs [quartiles]'], rows: floor.map(floorCells) },
    { heading: '### Memory of streams that are held open', columns: memoryColumns, rows: memory.map(memoryCells) },
    {
      heading: '### Start-up',
      columns: ['Start', 'First line after, ms [quartiles]', 'Processor time, ms [quartiles]'],
      rows: startup.map(startupCells),
    },
  ];
  return tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ heading, columns, rows }) => ({ heading, body: `${describeMachine(machine)}\n\n${table(columns, rows)}` }));
}

function describeMachine({ node, platform, processor, cores, packages }: MachineFacts): string {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return `Node.js ${node} on ${platform}, ${cores} cores (${processor}); ${versions.join(', ')}.`;
}

const OVER = { sockets: 'sockets', memory: 'no network' } as const;
const UNIT = { call: 'whole call', stream: 'stream of 50 chunks', chunk: 'further chunk' } as const;

function costCells({ transport, unit, variant, cpu, added, addedKiloInstructions }: CostRow): Cells {
  const digits = unit === 'chunk' ? 2 : 0;
  const instructions =
    addedKiloInstructions === undefined || variant === 'none'
      ? ''
      : addedKiloInstructions.toFixed(unit === 'chunk' ? 1 : 0);
  const more = variant === 'none' ? '' : added.toFixed(digits);
  return [OVER[transport], UNIT[unit], VARIANTS[variant].title, spread(cpu, digits), more, instructions];
}

function floorCells({ step, cpu }: FloorRow): Cells {
  const { unit, title } = FLOOR[step];
  return [unit, title, spread(cpu, 2)];
}

function memoryCells({ streams, chunks, variant, perStream, addedPerStream, rss }: MemoryRow): Cells {
  return [
    count(streams),
    count(chunks),
    VARIANTS[variant].title,
    kibibytes(perStream),
    variant === 'none' ? '' : kibibytes(addedPerStream),
    (rss / 2 ** 20).toFixed(0),
  ];
}

function startupCells({ start, wall, cpu }: StartupRow): Cells {
  return [STARTS[start].title, spread(wall, 0), spread(cpu, 0)];
}

function spread({ lower, median, upper }: Quartiles, digits: number): string {
  return `${median.toFixed(digits)} [${lower.toFixed(digits)}–${upper.toFixed(digits)}]`;
}

function kibibytes(bytes: number): string {
  return (bytes / 1_024).toFixed(1);
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function table(header: Cells, rows: readonly Cells[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: Cells): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
