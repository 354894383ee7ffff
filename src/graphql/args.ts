import { Arg, Int } from 'type-graphql';
import { CursorScalar } from './scalars/cursor.js';
import { SemVerScalar } from './scalars/semVer.js';

type ArgDecorator = ReturnType<typeof Arg>;

/** Arguments that many fields take, with the same words everywhere. */
export const ModelArg = (): ArgDecorator => Arg('model', () => String, { description: 'Name of the model.' });

export const OptionalModelArg = (): ArgDecorator =>
  Arg('model', () => String, { nullable: true, description: 'Only this model; null or left out: all.' });

export const VersionArg = (name = 'version', description = 'The version, matched exactly: 1.0.1 is not 1.0.10.'): ArgDecorator =>
  Arg(name, () => SemVerScalar, { description });

export const FirstArg = (fallback: number): ArgDecorator =>
  Arg('first', () => Int, { nullable: true, defaultValue: fallback, description: 'How many at most, 0 to 1000; null: the default.' });

export const AfterArg = (): ArgDecorator =>
  Arg('after', () => String, {
    nullable: true,
    description: 'Only what follows this cursor, an endCursor of the same list; null or left out: from the start.',
  });

export const FromCursorArg = (start: string): ArgDecorator =>
  Arg('after', () => CursorScalar, {
    nullable: true,
    description: `Only events after this cursor, each once; "": from the first; null or left out: ${start}.`,
  });

export const ReasonArg = (nullable: boolean): ArgDecorator =>
  Arg('reason', () => String, {
    nullable,
    description: nullable ? 'Why; kept for ever. Null or left out: nobody says.' : 'Why; not blank, kept for ever.',
  });
