/** The dashboards that alerts lead to. Their uids stay, so that an address in an old alert still works. */
export const DASHBOARDS = {
  overview: { uid: 'brownout-overview', title: 'Brownout: is it usable?' },
  model: { uid: 'brownout-model', title: 'Brownout: provider and model' },
  streaming: { uid: 'brownout-streaming', title: 'Brownout: streaming' },
  quality: { uid: 'brownout-quality', title: 'Brownout: output quality' },
  useCase: { uid: 'brownout-use-case', title: 'Brownout: use cases and tasks' },
  resilience: { uid: 'brownout-resilience', title: 'Brownout: retries, fallbacks, breakers' },
  quota: { uid: 'brownout-quota', title: 'Brownout: quota, tokens and cache' },
  vendors: { uid: 'brownout-vendors', title: 'Brownout: vendor incidents' },
  telemetry: { uid: 'brownout-telemetry', title: 'Brownout: telemetry health' },
} as const satisfies Readonly<Record<string, { readonly uid: string; readonly title: string }>>;

export type DashboardId = keyof typeof DASHBOARDS;
