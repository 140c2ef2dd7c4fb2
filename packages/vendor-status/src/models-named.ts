/** A word that a model's name begins with, and the words that may follow. */
interface Brand {
  /** How the ids begin, where the name leaves it out ("Opus 4.5"). */
  readonly prefix?: string;
  readonly variants: readonly string[];
  /** Whether the ids have `4-5` where the name has 4.5. */
  readonly hyphenated?: true;
  /** Whether a number says enough; else one of the variants is needed ("Claude 4" is a generation, not a model). */
  readonly numberIsEnough?: true;
  /** The word is a model by itself. */
  readonly aloneIsEnough?: true;
  /** In lower case, and by itself, it is a word of the language. */
  readonly capitalised?: true;
}

const CLAUDE_TIERS = ['opus', 'sonnet', 'haiku', 'mythos', 'fable'] as const;
const CLAUDE = { hyphenated: true, variants: CLAUDE_TIERS } as const;
const TIER = { hyphenated: true, prefix: 'claude', variants: [], numberIsEnough: true, aloneIsEnough: true } as const;
const GPT_VARIANTS = ['mini', 'nano', 'pro', 'turbo', 'codex', 'max', 'chat', 'audio', 'realtime', 'instant', 'image'];
const OPENAI = { variants: [...GPT_VARIANTS, 'sol', 'astra', 'deep', 'research'], numberIsEnough: true } as const;
const REASONING = { variants: ['mini', 'pro', 'deep', 'research'], aloneIsEnough: true } as const;
const GEMINI = {
  variants: ['pro', 'flash', 'lite', 'ultra', 'nano', 'image', 'live', 'preview'],
  numberIsEnough: true,
} as const;

/** First words of models' names, as vendors write them on their status pages. */
const BRANDS: Readonly<Record<string, Brand>> = {
  claude: CLAUDE,
  ...Object.fromEntries(CLAUDE_TIERS.map((tier) => [tier, TIER])),
  gpt: OPENAI,
  o1: REASONING,
  o3: REASONING,
  o4: REASONING,
  gemini: GEMINI,
  mistral: { variants: ['small', 'medium', 'large', 'nemo', 'embed', 'moderation', 'ocr'] },
  command: { capitalised: true, variants: ['a', 'r', 'plus', 'light', 'vision', 'reasoning'] },
  llama: {
    variants: ['instant', 'versatile', 'scout', 'maverick', 'guard', 'vision', 'instruct'],
    numberIsEnough: true,
  },
};

/** Words that follow a model's name in a headline and are no part of it. */
const ORDINARY = new Set(
  'and api are back code console degraded degradation elevated error errors experiencing failing failures for from has have in incident increased intermittent is issue issues latencies latency model models not on or outage performance rate rates recovered request requests response responses returning service slow timeouts unavailable via was with'.split(
    ' ',
  ),
);

const OTHERS = /\b(?:all|any|certain|many|multiple|other|several|some|various)\s+(?:\w+\s+)?models?\b/i;
const EXCEPTED = /\b(?:unaffected|(?:not|n't)\s+(?:be\s+)?(?:affected|impacted))\b/i;
const TOKEN = /(?<joint>[\s-]*)(?<word>[\p{L}\d]+(?:\.\d+)*)(?!\w)/gu;

interface Word {
  readonly text: string;
  readonly key: string;
  /** What stands between it and the word before: nothing else joins the words of one name. */
  readonly joint: 'space' | 'hyphen' | 'other';
}

/** What of an incident may name a model, in the order in which it is believed. */
export interface IncidentText {
  readonly headline: string;
  readonly bodies?: readonly string[];
  /** Some pages have a component for each model. */
  readonly components?: readonly string[];
}

/**
 * The models that an incident's text names, as the beginnings of their ids: pages give display names and seldom ids. What
 * is vague ("multiple models") or has a variant that is not known is `unclear`, because a guess would tie an outage to a
 * model that is fine.
 */
export function modelsNamed({ headline, bodies = [], components = [] }: IncidentText): readonly string[] | 'unclear' {
  const inHeadline = readNames(headline);
  if (inHeadline !== 'unclear' && inHeadline.length > 0) return inHeadline;
  const inComponents = readAll(components);
  if (inComponents !== 'unclear') return inComponents;
  return inHeadline === 'unclear' ? 'unclear' : readAll(bodies.filter((body) => !EXCEPTED.test(body)));
}

function readAll(texts: readonly string[]): readonly string[] | 'unclear' {
  const found = texts.map(readNames);
  const names = new Set(found.flatMap((some) => (some === 'unclear' ? [] : some)));
  return names.size === 0 || found.includes('unclear') ? 'unclear' : [...names];
}

function readNames(text: string): readonly string[] | 'unclear' {
  if (OTHERS.test(text)) return 'unclear';
  const words = wordsOf(text);
  const names = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    const first = words[at];
    const brand = first === undefined ? undefined : brandOf(first, words[at + 1]);
    if (first === undefined || brand === undefined) continue;
    const following = followingWords(brand, words.slice(at + 1));
    const next = words[at + 1 + following.length];
    const hasNumber = following.some(isNumber);
    const isModel =
      brand.aloneIsEnough === true ||
      (hasNumber && brand.numberIsEnough === true) ||
      following.some((word) => !isNumber(word));
    if (!isModel) {
      if (hasNumber) return 'unclear';
      continue;
    }
    if (next !== undefined && mayBelong(next)) return 'unclear';
    const id = [brand.prefix, first.key, ...following.map(({ key }) => key)].filter(Boolean).join('-');
    names.add(brand.hyphenated === true ? id.replaceAll('.', '-') : id);
    at += following.length;
  }
  return [...names];
}

function brandOf({ text, key }: Word, next: Word | undefined): Brand | undefined {
  const brand = Object.hasOwn(BRANDS, key) ? BRANDS[key] : undefined;
  return brand?.capitalised === true && text === key && next?.joint !== 'hyphen' ? undefined : brand;
}

function followingWords(brand: Brand, words: readonly Word[]): readonly Word[] {
  const end = words.findIndex((word, index) => {
    if (word.joint === 'other') return true;
    // After a space, only the first number is the version: "GPT-5 50 % errors".
    if (isNumber(word))
      return word.joint === 'space' && (words.slice(0, index).some(isNumber) || !/^\d\d?(?!\d)/.test(word.key));
    return !brand.variants.includes(word.key);
  });
  return end === -1 ? words : words.slice(0, end);
}

const isNumber = ({ key }: Word): boolean => /^\d/.test(key);

/** Whether a word after a name may be a variant that the table does not have. */
const mayBelong = (word: Word): boolean =>
  word.joint === 'hyphen' ||
  (word.joint === 'space' && /^\p{Lu}/u.test(word.text) && !ORDINARY.has(word.key) && !Object.hasOwn(BRANDS, word.key));

function wordsOf(text: string): readonly Word[] {
  let end = 0;
  return [...text.matchAll(TOKEN)].map(({ index, 0: whole, groups }): Word => {
    const { joint = '', word = '' } = groups ?? {};
    const between = index > end ? 'other' : joint === '-' ? 'hyphen' : /^\s+$/.test(joint) ? 'space' : 'other';
    end = index + whole.length;
    return { text: word, key: word.toLowerCase(), joint: between };
  });
}
