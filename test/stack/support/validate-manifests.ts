import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../../../tools/programs/find-program.ts';
import { getModule } from '../../../tools/programs/get-module.ts';

/** Validates objects of Kubernetes as its API server does, by the published schemas. */
export interface Validator extends AsyncDisposable {
  /** @returns what is wrong, by file; nothing where all are valid */
  validate(files: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** The same of a text. */
  validateText(text: string): Promise<string>;
}

/** The validator, or why there is none here. */
export async function getValidator(): Promise<Validator | string> {
  const program = await findProgram('kubectl-validate', 'own');
  const openTelemetry = await getModule('the schemas of the OpenTelemetry operator');
  const prometheus = await getModule('the schemas of the Prometheus operator');
  for (const one of [program, openTelemetry, prometheus]) if (one.kind === 'missing') return one.why;
  if (program.kind === 'missing' || openTelemetry.kind === 'missing' || prometheus.kind === 'missing') return '';
  const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
  const schemas = join(folder, 'schemas');
  for (const source of [
    join(openTelemetry.folder, 'config/crd/bases'),
    join(prometheus.folder, 'example/prometheus-operator-crd'),
  ])
    cpSync(source, schemas, { recursive: true });

  const validate = async (files: readonly string[]): Promise<Readonly<Record<string, string>>> => {
    const args = ['--local-crds', schemas, '-o', 'json', ...files];
    const answer = await promisify(execFile)(program.path, args, { maxBuffer: 1e8 }).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    const results = JSON.parse(answer.stdout) as Readonly<Record<string, readonly Result[]>>;
    return Object.fromEntries(
      Object.entries(results).flatMap(([file, objects]) => {
        const wrong = objects.filter(({ status }) => status !== 'Success').map(({ message }) => message);
        return wrong.length === 0 ? [] : [[file, wrong.join('\n')]];
      }),
    );
  };
  return {
    validate,
    async validateText(text) {
      const file = join(folder, 'one.yaml');
      writeFileSync(file, text);
      return Object.values(await validate([file])).join('\n');
    },
    async [Symbol.asyncDispose]() {
      await Promise.resolve(rmSync(folder, { recursive: true, force: true }));
    },
  };
}

interface Result {
  readonly status: string;
  readonly message?: string;
}
