import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** What an operation asks for once its fragments stand in their places. */
export interface Sizes {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
}

const NONE: Sizes = { depth: 0, fields: 0, aliases: 0, directives: 0 };

/**
 * Sizes of the definitions of one document. Each fragment is looked at once, however often and however deep it is spread, so that a
 * chain of fragments that double one another costs no more than its text; it may well count as Infinity.
 */
export class Measure {
  private readonly known = new Map<string, Sizes>();

  constructor(private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  of(definition: OperationDefinitionNode | FragmentDefinitionNode): Sizes {
    const within = this.ofSelections(definition.selectionSet);
    const variables = definition.variableDefinitions ?? [];
    const own = [definition, ...variables].reduce((sum, node) => sum + (node.directives?.length ?? 0), 0);
    return { ...within, directives: within.directives + own };
  }

  private ofSelections(set: SelectionSetNode | undefined): Sizes {
    let { depth, fields, aliases, directives } = NONE;
    for (const selection of set?.selections ?? []) {
      const isField = selection.kind === Kind.FIELD;
      const within =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.ofFragment(selection.name.value) : this.ofSelections(selection.selectionSet);
      depth = Math.max(depth, within.depth + (isField ? 1 : 0));
      fields += within.fields + (isField ? 1 : 0);
      aliases += within.aliases + (isField && selection.alias !== undefined ? 1 : 0);
      directives += within.directives + (selection.directives?.length ?? 0);
    }
    return { depth, fields, aliases, directives };
  }

  private ofFragment(name: string): Sizes {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    // While it is being looked at it counts nothing: a fragment that leads back to itself is refused by the specification's own rules.
    this.known.set(name, NONE);
    const fragment = this.fragments.get(name);
    const sizes = fragment === undefined ? NONE : this.of(fragment);
    this.known.set(name, sizes);
    return sizes;
  }
}
