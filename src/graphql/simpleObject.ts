import { ObjectType } from 'type-graphql';

/**
 * An object type whose plain fields are read straight off the root by graphql-js: no resolver function around a scalar.
 * `implement` names the interface classes.
 */
export function SimpleObject(name: string, description: string, implement: readonly (abstract new () => object)[] = []): ClassDecorator {
  return ObjectType(name, { description, simpleResolvers: true, implements: [...implement] });
}
