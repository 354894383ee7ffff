/**
 * Keeps late renames from undoing later ones. Changes are staged in the order of their commits (inside of their transactions), but two
 * of them may be applied in any order; each part of the disk (a version's folder, a model's champion link) takes the later one only.
 */
export class ApplyOrder {
  private next = 1;
  private readonly open = new Set<number>();
  private readonly applied = new Map<string, number>();

  take(): number {
    const ticket = this.next++;
    this.open.add(ticket);
    return ticket;
  }

  /** True where no later change has been applied to this part; from now on this one has. */
  claim(part: string, ticket: number): boolean {
    if ((this.applied.get(part) ?? 0) > ticket) return false;
    this.applied.set(part, ticket);
    return true;
  }

  settle(ticket: number): void {
    this.open.delete(ticket);
    if (this.open.size === 0) this.applied.clear();
  }
}
