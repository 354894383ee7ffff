import { JuaraError } from './errors.js';

const MODEL = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/;
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/u;
const FILE = /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/;
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** Written by the registry into every version's folder. */
export const METADATA_FILE = 'metadata.json';

function refuse(what: string, name: string, rule: string): never {
  const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}...` : name);
  throw new JuaraError('INVALID_NAME', `${what} ${shown} is not allowed: ${rule}`, { what });
}

/**
 * Model and benchmark names become folder names, so they are ASCII and hold no separator. `_v<digit>` would make
 * `<model>_v<version>` ambiguous to a human reader, not to the parser, and is allowed.
 */
export function checkModelName(name: string, what = 'the model name'): string {
  if (name.length > 100) refuse(what, name, 'it is longer than 100 characters');
  if (!MODEL.test(name)) refuse(what, name, 'use letters, digits, dot, hyphen and underscore, a letter or digit first, no dot last');
  return name;
}

/** File names inside a version: one plain ASCII component, at most 200 characters; metadata.json is the registry's own. */
export function checkFileName(name: string): string {
  if (name.length > 200) refuse('the file name', name, 'it is longer than 200 characters');
  if (!FILE.test(name) || name.endsWith('.'))
    refuse('the file name', name, 'use letters, digits, dot, plus, hyphen and underscore, no path');
  if (name.toLowerCase() === METADATA_FILE)
    refuse('the file name', name, 'metadata.json is written by the registry; call yours something else');
  return name;
}

/** Event ids, station codes, task and metric names. */
export function checkIdentifier(name: string, what: string): string {
  if (name.length > 200) refuse(what, name, 'it is longer than 200 characters');
  if (!IDENTIFIER.test(name)) refuse(what, name, 'use letters, digits, dot, hyphen and underscore, a letter or digit first');
  return name;
}

/** Names that people read (classes, tags, tokens): any script and markup, but no control, format or unassigned characters. */
export function checkLabel(name: string, what: string, max = 200): string {
  if (name.trim() === '') refuse(what, name, 'it is empty');
  if (name.length > max) refuse(what, name, `it is longer than ${max} characters`);
  if (CONTROL.test(name)) refuse(what, name, 'it holds a control or invisible character');
  return name;
}

/** Free text (reasons, notes, descriptions): line breaks and tabs allowed, other control characters not. */
export function checkText(text: string, what: string, max = 10_000): string {
  if (text.length > max) throw new JuaraError('INVALID_INPUT', `${what} is longer than ${max} characters`);
  if (CONTROL.test(text.replace(/[\n\r\t]|\u200d/g, ''))) throw new JuaraError('INVALID_INPUT', `${what} holds a control character`);
  return text;
}

/** A reason is text that is not blank. */
export function checkReason(reason: string, what = 'the reason'): string {
  if (reason.trim() === '') throw new JuaraError('INVALID_INPUT', `${what} is empty: say why, it is kept for ever`);
  return checkText(reason, what, 2_000);
}
