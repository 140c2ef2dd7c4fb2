import type { PanelProps } from '@grafana/data';
import type { ReactNode } from 'react';

/** What a panel says where there is nothing. */
export const Nothing = ({ fieldConfig }: PanelProps): ReactNode => (
  <div style={{ display: 'flex', height: '100%', alignItems: 'center', justifyContent: 'center', opacity: 0.6 }}>
    {fieldConfig.defaults.noValue ?? 'No data'}
  </div>
);

export const isEmpty = ({ data }: PanelProps): boolean => data.series.every(({ length }) => length === 0);
