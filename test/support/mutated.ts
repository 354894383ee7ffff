import type { Seeded } from '../torture/seeded.js';

const TOKENS = /[_A-Za-z]\w*|\d+|"[^"]*"|\.\.\.|\S/g;

/** Characters that mean something to a parser of GraphQL, and some that mean nothing to anyone. */
const ODD = [
  ...'{}()[]:!$@.,"#\\=|&',
  '...',
  '"""',
  '\u0000',
  '\ufeff',
  '\u202e',
  '\ud800',
  'é',
  '9'.repeat(40),
  '-',
  'null',
  '__typename',
];

function flipByte(text: string, random: Seeded): string {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  return bytes.toString();
}

function swapTokens(text: string, random: Seeded): string {
  const tokens = text.match(TOKENS) ?? [];
  const [a, b] = [random.below(tokens.length), random.below(tokens.length)];
  [tokens[a], tokens[b]] = [tokens[b] ?? '', tokens[a] ?? ''];
  return tokens.join(' ');
}

function duplicateSlice(text: string, random: Seeded): string {
  const from = random.below(text.length);
  const to = from + random.below(Math.min(200, text.length - from));
  return text.slice(0, to) + text.slice(from, to).repeat(1 + random.below(20)) + text.slice(to);
}

function dropSlice(text: string, random: Seeded): string {
  const from = random.below(text.length);
  return text.slice(0, from) + text.slice(from + 1 + random.below(40));
}

function insertOdd(text: string, random: Seeded): string {
  const at = random.below(text.length);
  return text.slice(0, at) + (random.pick(ODD) ?? '') + text.slice(at);
}

const MUTATIONS = [flipByte, swapTokens, duplicateSlice, dropSlice, insertOdd];

/** The text with one to three things wrong. */
export function mutated(text: string, random: Seeded): string {
  let result = text;
  for (let i = 0; i <= random.below(3) && result !== ''; i++) result = (random.pick(MUTATIONS) ?? flipByte)(result, random);
  return result;
}
