import { FieldType, getDisplayProcessor, getFieldDisplayName, type PanelProps } from '@grafana/data';
import { config } from '@grafana/runtime';
import type { CSSProperties, ReactNode } from 'react';
import { isEmpty, Nothing } from './nothing.tsx';

const CELL: CSSProperties = {
  padding: '5px 10px',
  borderBottom: '1px solid #8884',
  whiteSpace: 'nowrap',
  overflow: 'hidden',
};

/** A table, cut off where the panel ends. */
export function Rows(props: PanelProps): ReactNode {
  const frame = props.data.series[0];
  if (frame === undefined || isEmpty(props)) return <Nothing {...props} />;
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
                style={{
                  ...CELL,
                  textAlign: field.type === FieldType.number ? 'right' : 'left',
                  color: config.theme2.colors.text.link,
                }}
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
                const isColoured = own?.cellOptions?.type === 'color-text';
                return (
                  <td
                    key={heading(field)}
                    style={{ ...CELL, textAlign: isNumber ? 'right' : 'left', ...(isColoured ? { color } : {}) }}
                  >
                    {field.values[index] === undefined || field.values[index] === null
                      ? (field.config.noValue ?? '')
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
