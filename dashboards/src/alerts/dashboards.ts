/** The dashboards that alerts lead to. Their uids stay, so that an address in an old alert still works. */
export const DASHBOARDS = {
  overview: { uid: 'brownout-overview', title: 'Brownout: overview' },
  model: { uid: 'brownout-model', title: 'Brownout: provider and model' },
  useCase: { uid: 'brownout-use-case', title: 'Brownout: use case' },
  resilience: { uid: 'brownout-resilience', title: 'Brownout: retries, fallbacks, breakers' },
  quota: { uid: 'brownout-quota', title: 'Brownout: limits and tokens' },
  vendors: { uid: 'brownout-vendors', title: 'Brownout: what vendors say' },
  telemetry: { uid: 'brownout-telemetry', title: 'Brownout: telemetry health' },
} as const satisfies Readonly<Record<string, { readonly uid: string; readonly title: string }>>;

export type DashboardId = keyof typeof DASHBOARDS;
