import { FieldType, formattedValueToString, getValueFormat, type PanelProps } from '@grafana/data';
import type { ReactNode } from 'react';
import { isEmpty, Nothing } from './nothing.tsx';
import { TimeAxis } from './time.tsx';

const NAMES = 96;
const AXIS = 26;

/** How buckets fill over time: the more, the brighter. */
export function Heat(props: PanelProps): ReactNode {
  if (isEmpty(props)) return <Nothing {...props} />;
  const format = getValueFormat(props.fieldConfig.defaults.unit);
  const nameOf = (bound = ''): string => `≤ ${formattedValueToString(format(Number(bound)))}`;
  const bounds = props.data.series.map(({ name }) => name ?? '');
  const cumulative = props.data.series.map(
    (frame) => frame.fields.find(({ type }) => type === FieldType.number)?.values ?? [],
  );
  const counts = cumulative.map((row, index) =>
    row.map((value, at) => Math.max(0, Number(value) - Number(cumulative[index - 1]?.[at] ?? 0))),
  );
  const used = counts
    .map((row, index) => ({ row, bound: bounds[index] }))
    .filter(({ row }) => row.some((value) => value > 0))
    .toReversed();
  const most = Math.max(...used.flatMap(({ row }) => row));
  const height = (props.height - AXIS) / Math.max(1, used.length);
  const width = props.width - NAMES - 20;
  return (
    <div style={{ fontSize: 11, padding: 4 }}>
      {used.map(({ row, bound }) => (
        <div key={bound} style={{ display: 'flex', height, alignItems: 'center', gap: 6 }}>
          <span style={{ width: NAMES, textAlign: 'right' }}>{nameOf(bound)}</span>
          <svg width={width} height={height - 1} viewBox={`0 0 ${row.length} 1`} preserveAspectRatio="none">
            {row.map((value, index) =>
              value > 0 ? (
                <rect
                  key={index}
                  x={index}
                  y={0}
                  width={1.05}
                  height={1}
                  fill="#ff9830"
                  opacity={0.15 + (0.85 * value) / most}
                />
              ) : null,
            )}
          </svg>
        </div>
      ))}
      <TimeAxis timeRange={props.timeRange} width={width} left={NAMES + 6} />
    </div>
  );
}
