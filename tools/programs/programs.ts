/** One program of the Prometheus family: how a user names their own, and where else it comes from. */
interface Program {
  /** Environment variable with the path of the one to use. */
  readonly variable: string;
  /** What it is called on the `PATH`, the upstream's name first. */
  readonly names: readonly string[];
  /** Debian packages that may hold it; releases cut them differently. `null` where none can be used. */
  readonly debian: readonly string[] | null;
  /** Its main package and the version to build with Go: the newest one that the tests are known to pass with. */
  readonly go: { readonly package: string; readonly version: string; readonly release: string };
}

/** Debian's Alertmanager is not had by unpacking it: it opens its templates where the package would have installed them. */
const ALERTMANAGER = { version: 'v0.34.2', release: '0.34.2' } as const;

/** Go's module versions of Prometheus are not the releases'. */
const PROMETHEUS = { version: 'v0.316.0', release: '3.16.0' } as const;

/** The real programs that tests run. */
export const PROGRAMS = {
  prometheus: {
    variable: 'PROMETHEUS_BIN',
    names: ['prometheus'],
    debian: ['prometheus'],
    go: { package: 'github.com/prometheus/prometheus/cmd/prometheus', ...PROMETHEUS },
  },
  promtool: {
    variable: 'PROMTOOL_BIN',
    names: ['promtool'],
    debian: ['prometheus', 'promtool'],
    go: { package: 'github.com/prometheus/prometheus/cmd/promtool', ...PROMETHEUS },
  },
  alertmanager: {
    variable: 'ALERTMANAGER_BIN',
    names: ['alertmanager', 'prometheus-alertmanager'],
    debian: null,
    go: { package: 'github.com/prometheus/alertmanager/cmd/alertmanager', ...ALERTMANAGER },
  },
  amtool: {
    variable: 'AMTOOL_BIN',
    names: ['amtool'],
    debian: null,
    go: { package: 'github.com/prometheus/alertmanager/cmd/amtool', ...ALERTMANAGER },
  },
  pint: {
    variable: 'PINT_BIN',
    names: ['pint'],
    debian: null,
    go: { package: 'github.com/cloudflare/pint/cmd/pint', version: 'v0.80.0', release: '0.80.0' },
  },
} as const satisfies Readonly<Record<string, Program>>;

export type ProgramName = keyof typeof PROGRAMS;
