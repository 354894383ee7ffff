declare const types: unique symbol;

/** A GraphQL document that knows the type of its result and of its variables. At run time it is the text alone. */
export type Operation<Result, Variables> = string & { readonly [types]?: (variables: Variables) => Result };

const made = new Set<string>();

/** The only place where a document is given its types; they are kept in step with the selection by hand. */
export function operation<Result, Variables>(text: string): Operation<Result, Variables> {
  made.add(text);
  return text;
}

/** Every document of the modules that are loaded: a server that executes listed operations only is given them. */
export function everyOperation(): readonly string[] {
  return [...made];
}
