import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** One program: how a user names their own, and where else it comes from. */
interface Program {
  /** Environment variable with the path of the one to use. */
  readonly variable: string;
  /** What it is called on the `PATH`, the upstream's name first. */
  readonly names: readonly string[];
  /** Debian packages that may hold it; releases cut them differently. `null` where none can be used. */
  readonly debian: readonly string[] | null;
  /** What to build with Go, in the newest version that the tests are known to pass with. */
  readonly go: GoBuild;
}

export interface GoBuild {
  readonly module: string;
  readonly version: string;
  readonly release: string;
  /** Its main package. */
  readonly main: string;
  /** Of `go build`, where the module needs some. */
  readonly flags?: readonly string[];
  /** A file that the program embeds and its module lacks: its web page, which nobody looks at here. */
  readonly placeholder?: string;
  /** What is built is a builder, which writes the source of the program from this. */
  readonly manifest?: Manifest;
}

interface Manifest {
  /** Holds the files of `MANIFEST_FILES`. */
  readonly folder: URL;
  /** Of these files: a change in one is another program. */
  readonly digest: string;
}

/** What a Collector is made of: its components, and the versions and checksums of all modules. */
export const MANIFEST_FILES = { components: 'builder.yaml', modules: 'go.mod', checksums: 'go.sum' } as const;

/** Debian's Alertmanager is not had by unpacking it: it opens its templates where the package would have installed them. */
const ALERTMANAGER = {
  module: 'github.com/prometheus/alertmanager',
  version: 'v0.34.2',
  release: '0.34.2',
  placeholder: 'ui/app/dist/index.html',
} as const;

/**
 * Go's module versions of Prometheus are not the releases'. No test lets it discover what to scrape, and without the clouds'
 * libraries for that it is half as large and built in a fraction of the time.
 */
const PROMETHEUS = {
  module: 'github.com/prometheus/prometheus',
  version: 'v0.316.0',
  release: '3.16.0',
  flags: ['-tags=remove_all_sd'],
} as const;

function manifestIn(folder: URL): Manifest {
  const hash = createHash('sha256');
  for (const file of Object.values(MANIFEST_FILES)) hash.update(readFileSync(new URL(file, folder)));
  return { folder, digest: hash.digest('hex').slice(0, 16) };
}

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
  /** Mimir's versions are no module's, so a commit is pinned. */
  mimirtool: {
    variable: 'MIMIRTOOL_BIN',
    names: ['mimirtool'],
    debian: null,
    go: {
      module: 'github.com/grafana/mimir',
      version: 'v1.3.1-0.20260423142704-aced80d74930',
      release: '3.0.5',
      main: 'cmd/mimirtool',
    },
  },
  'dashboard-linter': {
    variable: 'DASHBOARD_LINTER_BIN',
    names: ['dashboard-linter'],
    debian: null,
    go: {
      module: 'github.com/grafana/dashboard-linter',
      version: 'v0.0.0-20260514183524-1be3836b83fb',
      release: '2026-05-14',
      main: '.',
    },
  },
  thanos: {
    variable: 'THANOS_BIN',
    names: ['thanos'],
    debian: null,
    go: { module: 'github.com/thanos-io/thanos', version: 'v0.42.4', release: '0.42.4', main: 'cmd/thanos' },
  },
  /** The module's versions are those of Jaeger 1, of which each was released as one of 2 as well. */
  jaeger: {
    variable: 'JAEGER_BIN',
    names: ['jaeger'],
    debian: null,
    go: { module: 'github.com/jaegertracing/jaeger', version: 'v1.76.0', release: '2.13.0', main: 'cmd/jaeger' },
  },
  'kubectl-validate': {
    variable: 'KUBECTL_VALIDATE_BIN',
    names: ['kubectl-validate'],
    debian: null,
    go: {
      module: 'sigs.k8s.io/kubectl-validate',
      version: 'v0.0.4',
      release: '0.0.4',
      main: '.',
      // It comes with a part of what it needs.
      flags: ['-mod=mod'],
    },
  },
  otelcol: {
    variable: 'OTELCOL_BIN',
    names: ['otelcol', 'otelcol-contrib'],
    debian: null,
    go: {
      module: 'go.opentelemetry.io/collector/cmd/builder',
      version: 'v0.155.0',
      release: '0.155.0',
      main: '.',
      manifest: manifestIn(new URL('../../collector/', import.meta.url)),
    },
  },
} as const satisfies Readonly<Record<string, Program>>;

/** Modules whose files tests read; nothing of them is built. */
export const MODULES = {
  'the schemas of the OpenTelemetry operator': 'github.com/open-telemetry/opentelemetry-operator@v0.148.0',
  'the schemas of the Prometheus operator': 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
  'the schema of compose files': 'github.com/compose-spec/compose-go/v2@v2.16.2',
} as const;

export type ProgramName = keyof typeof PROGRAMS;
