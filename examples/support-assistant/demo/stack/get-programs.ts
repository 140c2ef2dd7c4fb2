import { findProgram } from '../../../../tools/programs/find-program.ts';

export type StackPrograms = Readonly<Record<'otelcol' | 'prometheus' | 'alertmanager', Program>>;

export interface Program {
  readonly path: string;
  readonly version: string;
  /** Where it was had: a variable, the `PATH`, the cache, a Debian package, Go. */
  readonly from: string;
}

/** Finds the three programs, or gets them once. Throws an error that says, to people, what was tried for one. */
export async function getPrograms(say: (text: string) => void): Promise<StackPrograms> {
  const get = async (name: keyof StackPrograms, wanted: 'own' | 'quick'): Promise<Program> => {
    const found = await findProgram(name, wanted, say);
    if (found.kind === 'missing') throw new Error(found.why);
    const { path, version, from } = found;
    return { path, version, from };
  };
  // One after the other: each of them builds on all cores.
  const prometheus = await get('prometheus', 'quick');
  const alertmanager = await get('alertmanager', 'quick');
  const otelcol = await get('otelcol', 'own');
  return { otelcol, prometheus, alertmanager };
}
