import type { TextDetector } from './text-detector.ts';

/**
 * Damage is looked for in any stretch of the text, not in the whole: text that breaks late is as garbled as text that breaks
 * early. Every damaged UTF-16 unit adds to a level that each unit, damaged or not, lets sink by the tolerated share.
 */
export const GARBLED_LIMITS = {
  /** Up to this share of damaged units the level never rises for long: one in this many. */
  toleratedOneIn: 50,
  /** Damaged units in a row that are enough; at a share just over the tolerated one it takes many more. */
  fewest: 12,
} as const;

const DAMAGE = GARBLED_LIMITS.toleratedOneIn - 1;
const FOUND_AT = GARBLED_LIMITS.fewest * DAMAGE;

/** U+FFFD and every surrogate, paired or not: text without any of them, which is nearly all text, needs no look at each unit. */
const SUSPICIOUS = /[\uD800-\uDFFF\uFFFD]/;
const REPLACEMENT_CHARACTER = 0xfffd;

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/**
 * Finds text that was broken on its way from the model's bytes to characters: U+FFFD, and halves of surrogate pairs.
 * A pair that is cut across two pushes is whole. Memory: two numbers.
 */
export function createGarbledDetector(): TextDetector {
  let level = 0;
  let found = false;
  /** The last push ended in a high surrogate: the next unit tells whether it is half a pair. */
  let open = false;

  const damaged = (): void => {
    level += DAMAGE;
    if (level >= FOUND_AT) found = true;
  };
  const sound = (units: number): void => {
    level = Math.max(0, level - units);
  };

  return {
    push(text) {
      if (found || text === '') return;
      if (!open && !SUSPICIOUS.test(text)) {
        sound(text.length);
        return;
      }
      for (let index = 0; index < text.length; index += 1) {
        const unit = text.charCodeAt(index);
        if (open) {
          open = false;
          if (isLowSurrogate(unit)) {
            sound(2);
            continue;
          }
          damaged();
        }
        if (isHighSurrogate(unit)) open = true;
        else if (isLowSurrogate(unit) || unit === REPLACEMENT_CHARACTER) damaged();
        else sound(1);
      }
    },
    get found() {
      return found;
    },
  };
}
