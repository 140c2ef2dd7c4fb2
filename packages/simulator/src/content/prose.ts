import type { Random } from './random.ts';
import { countTokens } from './tokens.ts';

const OPENINGS = [
  'Thanks for the details;',
  'Looking at the history of this order,',
  'According to the returns policy,',
  'From what you describe,',
  'As a next step,',
  'To keep things moving,',
  'In most cases like this one,',
  'Based on the notes in the account,',
  'Before anything is charged again,',
  'If the tracking page still shows no movement,',
  'Once the warehouse confirms the parcel,',
  'Since the device is under warranty,',
] as const;

const SUBJECTS = [
  'the refund',
  'a replacement unit',
  'the courier',
  'our billing team',
  'the second shipment',
  'your subscription',
  'the technical team',
  'the original invoice',
  'a prepaid label',
  'the pending payment',
] as const;

const VERBS = [
  'will be arranged',
  'can be confirmed',
  'should reach you',
  'is going to be reviewed',
  'was already prepared',
  'has to be checked',
  'will be updated',
  'can be settled',
] as const;

const ENDINGS = [
  'within two working days.',
  'by the end of this week.',
  'as soon as the serial number matches.',
  'without any extra cost for you.',
  'after a short look at the photos you attached.',
  'and you will receive a message with the reference.',
  'before the next billing date on the third.',
  'under the same conditions as the first order.',
  'unless you would rather collect it in a store.',
  'together with the accessories that were missing.',
] as const;

/** Prose of a helpful support agent, at least one and at most `tokens` tokens long, always ending with a full stop. */
export function writeProse(random: Random, tokens: number): string {
  let prose = '';
  for (;;) {
    const sentence = `${random.pick(OPENINGS)} ${random.pick(SUBJECTS)} ${random.pick(VERBS)} ${random.pick(ENDINGS)}`;
    const longer = prose === '' ? sentence : `${prose} ${sentence}`;
    if (countTokens(longer) > tokens) break;
    prose = longer;
  }
  return prose === '' ? writeShort(random, tokens) : prose;
}

function writeShort(random: Random, tokens: number): string {
  const sentence = `Yes, ${random.pick(SUBJECTS)} ${random.pick(VERBS)}.`;
  return countTokens(sentence) <= tokens ? sentence : 'Yes.';
}
