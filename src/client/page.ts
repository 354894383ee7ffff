/** A page of a list, and where the next begins. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface CountedPage<Node> extends Page<Node> {
  readonly totalCount: number;
}

export interface PageOptions {
  /** Nodes a page; the server caps it. */
  readonly first?: number;
  /** `endCursor` of the page before. */
  readonly after?: string | null;
}

export const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';

/** Walks all pages; the next one is asked for when the last node of the present one has been taken. */
export async function* everyNode<Node>(load: (after: string | null) => Promise<Page<Node>>): AsyncGenerator<Node, void, undefined> {
  let after: string | null = null;
  for (;;) {
    const page: Page<Node> = await load(after);
    yield* page.nodes;
    const next = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage || next === null || next === after) return;
    after = next;
  }
}
