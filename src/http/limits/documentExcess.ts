import { type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql';
import type { Config } from '../../config.js';
import type { JuaraError } from '../../domain/errors.js';
import { excess, type Limit } from './excess.js';
import { Measure } from './sizes.js';

export type DocumentLimits = Pick<Config, Limit>;

/** The first limit that the document breaks; null where it keeps to all of them. */
export function documentExcess(document: DocumentNode, limits: DocumentLimits): JuaraError | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let count = 0;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    fragments.set(definition.name.value, definition);
    count += 1;
  }
  const tooMany = excess(limits, 'maxFragments', count);
  if (tooMany !== null) return tooMany;
  const measure = new Measure(fragments);
  for (const definition of document.definitions) {
    // A fragment that nobody spreads counts by itself: the rules of the specification look into it too.
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const { depth, fields, aliases, directives } = measure.of(definition);
    const found =
      excess(limits, 'maxDepth', depth) ??
      excess(limits, 'maxAliases', aliases) ??
      excess(limits, 'maxDirectives', directives) ??
      excess(limits, 'maxFields', fields);
    if (found !== null) return found;
  }
  return null;
}
