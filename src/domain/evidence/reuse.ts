/** The significance level for the next challenger, when `tried` others have been tried against the same champion on the same benchmark. */
export function levelForReuse(significanceLevel: number, tried: number): number {
  return significanceLevel / (tried + 1);
}
