/** One program of the Prometheus family: how a user names their own, and where else it comes from. */
interface Program {
  /** Environment variable with the path of the one to use. */
  readonly variable: string;
  /** What it is called on the `PATH`, the upstream's name first. */
  readonly names: readonly string[];
  /** Debian packages that may hold it; releases cut them differently. `null` where none can be used. */
  readonly debian: readonly string[] | null;
  /** Its module, the version to build with Go (the newest that the tests are known to pass with), and its main package. */
  readonly go: {
    readonly module: string;
    readonly version: string;
    readonly release: string;
    readonly main: string;
    /** A file that the program embeds and its module lacks: its web page, which nobody looks at here. */
    readonly placeholder?: string;
  };
}

/** Debian's Alertmanager is not had by unpacking it: it opens its templates where the package would have installed them. */
const ALERTMANAGER = {
  module: 'github.com/prometheus/alertmanager',
  version: 'v0.34.2',
  release: '0.34.2',
  placeholder: 'ui/app/dist/index.html',
} as const;

/** Go's module versions of Prometheus are not the releases'. */
const PROMETHEUS = { module: 'github.com/prometheus/prometheus', version: 'v0.316.0', release: '3.16.0' } as const;

/** The real programs that tests run. */
export const PROGRAMS = {
  prometheus: {
    variable: 'PROMETHEUS_BIN',
    names: ['prometheus'],
    debian: ['prometheus'],
    go: { ...PROMETHEUS, main: 'cmd/prometheus' },
  },
  promtool: {
    variable: 'PROMTOOL_BIN',
    names: ['promtool'],
    debian: ['prometheus', 'promtool'],
    go: { ...PROMETHEUS, main: 'cmd/promtool' },
  },
  alertmanager: {
    variable: 'ALERTMANAGER_BIN',
    names: ['alertmanager', 'prometheus-alertmanager'],
    debian: null,
    go: { ...ALERTMANAGER, main: 'cmd/alertmanager' },
  },
  amtool: {
    variable: 'AMTOOL_BIN',
    names: ['amtool'],
    debian: null,
    go: { ...ALERTMANAGER, main: 'cmd/amtool' },
  },
  pint: {
    variable: 'PINT_BIN',
    names: ['pint'],
    debian: null,
    go: { module: 'github.com/cloudflare/pint', version: 'v0.80.0', release: '0.80.0', main: 'cmd/pint' },
  },
} as const satisfies Readonly<Record<string, Program>>;

export type ProgramName = keyof typeof PROGRAMS;
