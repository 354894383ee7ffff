import { registerEnumType } from 'type-graphql';

/** Registers a GraphQL enum whose inner values are its names; `values` gives each one its description, in order of declaration. */
export function enumType<T extends string>(
  name: string,
  description: string,
  values: Readonly<Record<T, string>>,
): { readonly [K in T]: K } {
  const entries = Object.entries<string>(values);
  const members = Object.fromEntries(entries.map(([key]) => [key, key]));
  const valuesConfig = Object.fromEntries(entries.map(([key, text]) => [key, { description: text }]));
  registerEnumType(members, { name, description, valuesConfig });
  return members as { readonly [K in T]: K };
}
