import { z } from 'zod';

const EXTENSIONS = z.object({ persistedQuery: z.object({ sha256Hash: z.string() }) });

/** The id that a request gives instead of a document, as Apollo's clients do in its extensions; null where it gives none. */
export function askedId(request: { readonly query?: unknown; readonly extensions?: unknown } | null | undefined): string | null {
  if (request?.query) return null;
  const { success, data } = EXTENSIONS.safeParse(request?.extensions);
  return success ? data.persistedQuery.sha256Hash : null;
}
