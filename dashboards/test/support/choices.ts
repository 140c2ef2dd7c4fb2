/** What the variables of a dashboard are set to, by their names; what is not in it is set to `All`. */
export type Choices = Readonly<Record<string, readonly string[]>>;

/** What Grafana makes of a query before it asks Prometheus. */
export function fillIn(text: string, windows: Readonly<Record<string, string>>, choices: Choices): string {
  const all = Object.entries(windows).reduce((filled, [name, window]) => filled.replaceAll(`$__${name}`, window), text);
  return all.replaceAll(/\$([a-z]\w*)/g, (_, name: string) => asRegularExpression(choices[name]));
}

/** Grafana escapes what was chosen for a regular expression, and that for a string of PromQL. */
function asRegularExpression(values: readonly string[] | undefined): string {
  if (values === undefined) return '.+';
  const escaped = values.map((value) => value.replaceAll(/[$^*{}[\]'+?.()|\\-]/g, String.raw`\\$&`));
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
}
