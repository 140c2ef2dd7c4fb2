import { FieldType, getDisplayProcessor, getFieldDisplayName, type PanelProps } from '@grafana/data';
import { config } from '@grafana/runtime';
import type { CSSProperties, ReactNode } from 'react';

export const Nothing = ({ fieldConfig }: PanelProps): ReactNode => (
  <div style={{ display: 'flex', height: '100%', alignItems: 'center', justifyContent: 'center', opacity: 0.6 }}>
    {fieldConfig.defaults.noValue ?? 'No data'}
  </div>
);

export const isEmpty = ({ data }: PanelProps): boolean => data.series.every(({ length }) => length === 0);

const ROW: CSSProperties = { display: 'flex', alignItems: 'center', gap: 8, height: 26 };

/** States over time, as bars of colour. */
export function States(props: PanelProps): ReactNode {
  if (isEmpty(props)) return <Nothing {...props} />;
  const names = 190;
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
  return (
    <div style={{ padding: 4, fontSize: 12, overflow: 'hidden', height: props.height }}>
      {rows.map(({ name, cells }) => (
        <div key={name} style={ROW}>
          <span
            style={{
              width: names,
              textAlign: 'right',
              overflow: 'hidden',
              whiteSpace: 'nowrap',
              textOverflow: 'ellipsis',
            }}
          >
            {name}
          </span>
          <svg
            width={props.width - names - 20}
            height={22}
            viewBox={`0 0 ${cells.length} 1`}
            preserveAspectRatio="none"
          >
            {cells.map((color, index) =>
              color === null ? null : <rect key={index} x={index} y={0} width={1.05} height={1} fill={color} />,
            )}
          </svg>
        </div>
      ))}
      <div style={{ ...ROW, paddingLeft: names + 8 }}>
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

/** How buckets fill over time: the more, the brighter. */
export function Heat(props: PanelProps): ReactNode {
  if (isEmpty(props)) return <Nothing {...props} />;
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
  const height = (props.height - 8) / Math.max(1, used.length);
  return (
    <div style={{ fontSize: 11, padding: 4 }}>
      {used.map(({ row, bound }) => (
        <div key={bound} style={{ display: 'flex', height, alignItems: 'center', gap: 6 }}>
          <span style={{ width: 60, textAlign: 'right' }}>≤ {bound}</span>
          <svg width={props.width - 80} height={height - 1} viewBox={`0 0 ${row.length} 1`} preserveAspectRatio="none">
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
    </div>
  );
}

const CELL: CSSProperties = {
  padding: '5px 10px',
  borderBottom: '1px solid #2c3235',
  whiteSpace: 'nowrap',
  overflow: 'hidden',
};

/** A table, cut off where the panel ends. */
export function Rows(props: PanelProps): ReactNode {
  const frame = props.data.series[0];
  if (frame === undefined || frame.length === 0) return <Nothing {...props} />;
  const shown = frame.fields.filter(
    ({ config: own }) => (own.custom as { hidden?: boolean } | undefined)?.hidden !== true,
  );
  const [{ displayName: sortedBy } = { displayName: '' }] =
    (props.options as { sortBy?: { displayName: string }[] }).sortBy ?? [];
  const heading = (field: (typeof shown)[number]): string => getFieldDisplayName(field, frame, props.data.series);
  const by = shown.find((field) => heading(field) === sortedBy)?.values ?? [];
  const order = Array.from({ length: frame.length }, (_, index) => index).toSorted(
    (one, other) => Number(by[other] ?? 0) - Number(by[one] ?? 0),
  );
  return (
    <div style={{ height: props.height, overflow: 'hidden' }}>
      <table style={{ width: '100%', fontSize: 12, borderCollapse: 'collapse' }}>
        <thead>
          <tr>
            {shown.map((field) => (
              <th
                key={heading(field)}
                style={{ ...CELL, textAlign: field.type === FieldType.number ? 'right' : 'left', color: '#6e9fff' }}
              >
                {heading(field)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {order.map((index) => (
            <tr key={index}>
              {shown.map((field) => {
                const display = field.display ?? getDisplayProcessor({ field, theme: config.theme2 });
                const { prefix = '', text, suffix = '', color } = display(field.values[index]);
                const isNumber = field.type === FieldType.number;
                const own = field.config.custom as { cellOptions?: { type?: string } } | undefined;
                const isColoured = isNumber || own?.cellOptions?.type === 'color-text';
                return (
                  <td
                    key={heading(field)}
                    style={{ ...CELL, textAlign: isNumber ? 'right' : 'left', ...(isColoured ? { color } : {}) }}
                  >
                    {field.values[index] === undefined || field.values[index] === null
                      ? ''
                      : `${prefix}${text}${suffix}`}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
