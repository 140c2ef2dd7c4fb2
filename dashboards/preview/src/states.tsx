import { FieldType, getDisplayProcessor, getFieldDisplayName, type PanelProps } from '@grafana/data';
import { config } from '@grafana/runtime';
import type { CSSProperties, ReactNode } from 'react';
import type { Mark } from './marks.ts';
import { isEmpty, Nothing } from './nothing.tsx';
import { Marks, TimeAxis } from './time.tsx';

const BAR = 22;
const ROW: CSSProperties = { display: 'flex', alignItems: 'center', gap: 8, height: BAR + 4 };

/** States over time, as bars of colour. */
export function States({ marks, ...props }: PanelProps & { marks: readonly Mark[] }): ReactNode {
  if (isEmpty(props)) return <Nothing {...props} />;
  const seen = new Map<string, string>();
  const rows = props.data.series.flatMap((frame) => {
    const field = frame.fields.find(({ type }) => type === FieldType.number);
    if (field === undefined) return [];
    const display = field.display ?? getDisplayProcessor({ field, theme: config.theme2 });
    const cells = field.values.map((value) => {
      if (value === null) return null;
      const { text, color = '#888' } = display(value);
      seen.set(text, color);
      return color;
    });
    return [{ name: getFieldDisplayName(field, frame, props.data.series), cells }];
  });
  const names = (props.fieldConfig.defaults.custom as { axisWidth?: number } | undefined)?.axisWidth || 150;
  const width = props.width - names - 20;
  const left = names + 8;
  return (
    <div style={{ padding: 4, fontSize: 12, overflow: 'hidden', height: props.height }}>
      <div style={{ position: 'relative' }}>
        {rows.map(({ name, cells }) => (
          <div key={name} style={ROW}>
            <span
              style={{
                width: names,
                textAlign: 'right',
                whiteSpace: 'nowrap',
                overflow: 'hidden',
                textOverflow: 'ellipsis',
              }}
            >
              {name}
            </span>
            <svg width={width} height={BAR} viewBox={`0 0 ${cells.length} 1`} preserveAspectRatio="none">
              {runsOf(cells).map(({ from, to, color }) => (
                <rect key={from} x={from} y={0} width={to - from} height={1} fill={color} />
              ))}
            </svg>
          </div>
        ))}
        <Marks marks={marks} timeRange={props.timeRange} width={width} left={left} />
        <TimeAxis timeRange={props.timeRange} width={width} left={left} />
      </div>
      <div style={{ ...ROW, paddingLeft: left }}>
        {[...seen].map(([text, color]) => (
          <span key={text}>
            <span style={{ background: color, display: 'inline-block', width: 12, height: 4, marginRight: 4 }} />
            {text}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Cells of one colour that follow each other are one bar. */
function runsOf(cells: readonly (string | null)[]): readonly { from: number; to: number; color: string }[] {
  const runs: { from: number; to: number; color: string }[] = [];
  for (const [index, color] of cells.entries()) {
    const last = runs.at(-1);
    if (color === null) continue;
    if (last?.color === color && last.to === index) last.to = index + 1;
    else runs.push({ from: index, to: index + 1, color });
  }
  return runs;
}
