import type { PanelProps } from '@grafana/data';
import { config } from '@grafana/runtime';
import type { ReactNode } from 'react';
import type { Mark } from './marks.ts';

/** The axis of time of what is drawn by hand, and the annotations over it. */

/** Distances between ticks, in seconds. */
const STEPS = [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 10_800, 21_600, 43_200, 86_400];
const PIXELS_BETWEEN_TICKS = 110;

export function TimeAxis({ timeRange, width, left }: Pick<PanelProps, 'timeRange' | 'width'> & { left: number }) {
  const from = timeRange.from.unix();
  const to = timeRange.to.unix();
  const room = width / PIXELS_BETWEEN_TICKS;
  const step = STEPS.find((seconds) => (to - from) / seconds <= room) ?? 86_400;
  const first = Math.ceil(from / step) * step;
  // The last one would be cut off.
  const last = to - ((to - from) * 20) / width;
  const ticks = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
  return (
    <div style={{ position: 'relative', height: 18, marginLeft: left, width, fontSize: 11 }}>
      {ticks.map((time) => (
        <span
          key={time}
          style={{ position: 'absolute', left: (width * (time - from)) / (to - from), transform: 'translateX(-50%)' }}
        >
          {new Date(time * 1000).toLocaleTimeString('en-GB', {
            hour: '2-digit',
            minute: '2-digit',
            ...(step < 60 ? { second: '2-digit' } : {}),
          })}
        </span>
      ))}
    </div>
  );
}

/** Upright lines where something begins and ends. */
export function Marks({
  marks,
  timeRange,
  width,
  left,
}: Pick<PanelProps, 'timeRange' | 'width'> & { marks: readonly Mark[]; left: number }): ReactNode {
  const from = timeRange.from.valueOf();
  const to = timeRange.to.valueOf();
  return marks
    .flatMap(({ start, end, color }) => [start, end].map((time) => ({ time, color })))
    .filter(({ time }) => time > from && time < to)
    .map(({ time, color }, index) => (
      <div
        key={index}
        style={{
          position: 'absolute',
          top: 0,
          bottom: 18,
          left: left + (width * (time - from)) / (to - from),
          borderLeft: `1px dashed ${config.theme2.visualization.getColorByName(color)}`,
        }}
      />
    ));
}
