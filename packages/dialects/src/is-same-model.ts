/** Names that stand for "whatever you choose". */
const ROUTERS: ReadonlySet<string> = new Set(['auto', 'model-router']);

/** Amazon Bedrock's ids: an inference profile's region, the vendor, the model. */
const BEDROCK_PREFIX = /^(?:[a-z]{2,6}\.)?(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen)\./;

/** A date, a build number or a stage at the end of a name: what tells two snapshots of one model apart. */
const SNAPSHOT =
  /-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{6}|\d{4}|\d{2}-\d{2}|\d{3}|v\d+|latest|default|preview|exp|experimental)$/;

/** A vague version: it promises no snapshot in particular. */
const VAGUE = /-(?:latest|default|preview|exp|experimental)$/;

/** What was found before, requested and responded name to verdict: an application asks few models, again and again. */
const known = new Map<string, boolean>();
/** A map that grew with every name that an application makes up would cost memory. */
const MOST_KNOWN = 1000;

/**
 * Whether the model that answered is the one that was asked for, or a version of it: `gpt-5` may answer as
 * `gpt-5-2026-08-07`, never as `gpt-5-mini`. Where the request named a snapshot, another snapshot is another model.
 */
export function isSameModel(requested: string, responded: string): boolean {
  const names = `${requested}\n${responded}`;
  let same = known.get(names);
  if (same === undefined) {
    same = compareModels(requested, responded);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(names, same);
  }
  return same;
}

function compareModels(requested: string, responded: string): boolean {
  const [wanted, wantedTag] = normalise(requested);
  const [got, gotTag] = normalise(responded);
  if (ROUTERS.has(wanted)) return true;
  if (wantedTag !== undefined && gotTag !== undefined && wantedTag !== gotTag) return false;
  const [exact = ''] = stages(wanted, VAGUE).slice(-1);
  const answers = stages(got, SNAPSHOT);
  // The answer is a version of what was asked for, or says no more than its family.
  return answers.includes(exact) || stages(exact, SNAPSHOT).at(-1) === stages(got, VAGUE).at(-1);
}

/** The bare name in lower case without vendor, path or account, and the tag behind a colon (`:free`, `:70b`). */
function normalise(name: string): [model: string, tag: string | undefined] {
  const last = name.trim().toLowerCase().split('/').at(-1) ?? '';
  const [model = '', tag] = last.split(':', 2);
  // Vertex AI writes `name@20250929`.
  const plain = model.replace('@', '-');
  const bare = plain.replace(BEDROCK_PREFIX, '');
  // What Bedrock adds to the vendor's name ends with the version of its own interface: `-v1:0`.
  return bare === plain ? [bare, tag] : [bare.replace(/-v\d+$/, ''), undefined];
}

/** The name, and what is left of it as one ending after the other is taken off (`-preview-05-20`, `-20250929-v1`). */
function stages(name: string, ending: RegExp): string[] {
  const found = [name];
  for (let rest = name.replace(ending, ''); rest !== found.at(-1) && rest !== ''; rest = rest.replace(ending, '')) {
    found.push(rest);
  }
  return found;
}
