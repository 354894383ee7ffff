declare const types: unique symbol;

/** A GraphQL document that knows the type of its result and of its variables. At run time it is the text alone. */
export type Operation<Result, Variables> = string & { readonly [types]?: (variables: Variables) => Result };

/** The only place where a document is given its types; they are kept in step with the selection by hand. */
export function operation<Result, Variables>(text: string): Operation<Result, Variables> {
  return text;
}
