/** Control, format (bidirectional overrides, zero width), line-separating and lone surrogate characters. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Text from the registry, safe for a terminal: a name or a reason may hold escape sequences that move the cursor, rename the window
 * or hide what follows. They are shown, not sent.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, (c) => (c === '\n' ? '\\n' : c === '\t' ? '\\t' : escaped(c)));
}

/** JSON with the same characters as \u escapes, which every parser reads back as they were. */
export function printableJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent) ?? 'null';
  return text.replace(UNSAFE, (c) => (c === '\n' ? c : unicodeEscapes(c)));
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

function unicodeEscapes(character: string): string {
  return [...character.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
