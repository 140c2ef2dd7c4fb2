/** One program of the Prometheus family: how a user names their own, and where else it comes from. */
interface Program {
  /** Environment variable with the path of the one to use. */
  readonly variable: string;
  /** What it is called on the `PATH`, the upstream's name first. */
  readonly names: readonly string[];
  /** Debian packages that may hold it; releases cut them differently. `null` where none can be used. */
  readonly debian: readonly string[] | null;
  /** Its main package and the version to build with Go: the newest one that the tests are known to pass with. */
  readonly go: { readonly package: string; readonly version: string };
}

/** Debian's Alertmanager is not had by unpacking it: it opens its templates where the package would have installed them. */
const ALERTMANAGER_VERSION = 'v0.34.2';

/** Go's module versions of Prometheus are the releases with another major: v0.316.0 is 3.16.0. */
const PROMETHEUS_VERSION = 'v0.316.0';

/** The real programs that tests run. */
export const PROGRAMS = {
  prometheus: {
    variable: 'PROMETHEUS_BIN',
    names: ['prometheus'],
    debian: ['prometheus'],
    go: { package: 'github.com/prometheus/prometheus/cmd/prometheus', version: PROMETHEUS_VERSION },
  },
  promtool: {
    variable: 'PROMTOOL_BIN',
    names: ['promtool'],
    debian: ['promtool', 'prometheus'],
    go: { package: 'github.com/prometheus/prometheus/cmd/promtool', version: PROMETHEUS_VERSION },
  },
  alertmanager: {
    variable: 'ALERTMANAGER_BIN',
    names: ['alertmanager', 'prometheus-alertmanager'],
    debian: null,
    go: { package: 'github.com/prometheus/alertmanager/cmd/alertmanager', version: ALERTMANAGER_VERSION },
  },
  amtool: {
    variable: 'AMTOOL_BIN',
    names: ['amtool'],
    debian: null,
    go: { package: 'github.com/prometheus/alertmanager/cmd/amtool', version: ALERTMANAGER_VERSION },
  },
  pint: {
    variable: 'PINT_BIN',
    names: ['pint'],
    debian: null,
    go: { package: 'github.com/cloudflare/pint/cmd/pint', version: 'v0.80.0' },
  },
} as const satisfies Readonly<Record<string, Program>>;

export type ProgramName = keyof typeof PROGRAMS;
