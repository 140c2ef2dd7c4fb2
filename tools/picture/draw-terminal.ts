import type { IBufferCell, Terminal } from '@xterm/headless';

const CELL_WIDTH = 8.4;
const LINE_HEIGHT = 16.5;
const MARGIN = 16;

const BACKGROUND = '#15181e';
const FOREGROUND = '#d7dae0';
/** The terminal's first eight colours. */
const PALETTE = ['#3b4048', '#f2777a', '#8ec07c', '#f0c05a', '#6fa8dc', '#c397d8', '#70c0b1', '#d7dae0'] as const;

interface Run {
  readonly column: number;
  text: string;
  readonly style: string;
}

/** What stands on a terminal's screen, as an SVG image. */
export function drawTerminal(terminal: Terminal, columns: number, rows: number): string {
  const width = Math.round(columns * CELL_WIDTH + 2 * MARGIN);
  const height = Math.round(rows * LINE_HEIGHT + 2 * MARGIN);
  const lines = Array.from({ length: rows }, (_, row) => drawLine(terminal, row)).filter((line) => line !== '');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>The demo in the middle of the brownout</title>',
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="${FOREGROUND}">`,
    ...lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawLine(terminal: Terminal, row: number): string {
  const runs = readRuns(terminal, row).filter(({ text }) => text.trim() !== '');
  const y = MARGIN + (row + 0.75) * LINE_HEIGHT;
  return runs
    .map(({ column, text, style }) => {
      const x = MARGIN + column * CELL_WIDTH;
      // The length is fixed so that frames and bars meet whatever font the viewer has.
      const length = text.length * CELL_WIDTH;
      return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" textLength="${length.toFixed(1)}"${style}>${escape(text)}</text>`;
    })
    .join('\n');
}

function readRuns(terminal: Terminal, row: number): readonly Run[] {
  const buffer = terminal.buffer.active;
  const line = buffer.getLine(buffer.viewportY + row);
  const runs: Run[] = [];
  for (let column = 0; column < terminal.cols; column += 1) {
    const cell = line?.getCell(column);
    if (cell === undefined) continue;
    const style = styleOf(cell);
    const run = runs.at(-1);
    if (run?.style === style) run.text += cell.getChars() || ' ';
    else runs.push({ column, text: cell.getChars() || ' ', style });
  }
  return runs.map((run) => ({ ...run, text: run.text.trimEnd() }));
}

function styleOf(cell: IBufferCell): string {
  const colour = cell.isFgDefault() ? undefined : PALETTE[cell.getFgColor() % PALETTE.length];
  return [
    colour === undefined ? '' : ` fill="${colour}"`,
    cell.isBold() ? ' font-weight="bold"' : '',
    cell.isDim() ? ' opacity="0.6"' : '',
  ].join('');
}

/** Spaces that do not break: browsers take several of the others for one. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00A0');
}
