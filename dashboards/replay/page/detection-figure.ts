import { CONDITIONS } from '../corpus/conditions.ts';
import { isTarget } from '../parts.ts';
import { readResults } from '../results.ts';
import { IN_TIME_SECONDS, rightlyTold } from '../tally.ts';

const [ROW, LEFT, WIDTH, TOP] = [18, 210, 520, 46];
const LONGEST_SECONDS = 900;
const x = (seconds: number): number => LEFT + (Math.min(seconds, LONGEST_SECONDS) / LONGEST_SECONDS) * WIDTH;

/** A dot for each time that an unusable condition was played at the target's share and pace. */
export function renderDetectionFigure(): string {
  const cells = readResults().cells.filter(isTarget);
  const rows = CONDITIONS.filter(({ gravity }) => gravity === 'unusable').map(({ fault }) => ({
    fault,
    delays: cells.filter((cell) => cell.fault === fault).map((cell) => rightlyTold(cell)?.seconds),
  }));
  const bottom = TOP + rows.length * ROW;
  const minutes = Array.from({ length: LONGEST_SECONDS / 60 + 1 }, (_, minute) => minute);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 30} ${bottom + 30}" font-family="sans-serif" font-size="12" role="img">`,
    '<title>Delay of each unusable condition at 20 % and 10 calls a minute</title>',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    `<text x="${LEFT}" y="20" fill="#333">Minutes from the beginning of the trouble to the first alert of the right category</text>`,
    `<rect x="${x(0)}" y="${TOP - 10}" width="${x(IN_TIME_SECONDS) - x(0)}" height="${bottom - TOP + 10}" fill="#e6f2e6"/>`,
    ...minutes.flatMap((minute) => [
      `<line x1="${x(minute * 60)}" x2="${x(minute * 60)}" y1="${TOP - 10}" y2="${bottom}" stroke="${minute * 60 === IN_TIME_SECONDS ? '#2e7d32' : '#dddddd'}"/>`,
      `<text x="${x(minute * 60)}" y="${bottom + 16}" text-anchor="middle" fill="#555">${minute}</text>`,
    ]),
    ...rows.flatMap(({ fault, delays }, index) => {
      const y = TOP + index * ROW + ROW / 2;
      return [
        `<text x="${LEFT - 10}" y="${y + 4}" text-anchor="end" fill="#333">${fault}</text>`,
        ...delays.map((seconds) =>
          seconds === undefined
            ? `<text x="${LEFT + WIDTH + 8}" y="${y + 4}" fill="#b71c1c">×</text>`
            : `<circle cx="${x(seconds)}" cy="${y}" r="4" fill="${seconds <= IN_TIME_SECONDS ? '#2e7d32' : '#e65100'}" fill-opacity="0.6"/>`,
        ),
      ];
    }),
    '</svg>',
  ].join('\n')}\n`;
}
