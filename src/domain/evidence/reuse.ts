/**
 * The significance level for the next challenger, when `tried` others have been tried against the same champion on the same benchmark:
 * divided by 1, 3, 6, 10, ..., (tried + 1) (tried + 2) / 2. A two-sided test promotes an equal challenger with at most half its level, as
 * only one side promotes, and these levels add up to less than twice the first however many are tried: the chance that any of them is
 * promoted stays within the level, whatever the tries have in common (Bonferroni's inequality, with unequal shares). A division by
 * tried + 1 does not hold that: its levels add up without bound, to as much as 0.05 / 2 x (1 + 1/2 + ... + 1/50) = 0.11 in 50 tries.
 */
export function levelForReuse(significanceLevel: number, tried: number): number {
  return (2 * significanceLevel) / ((tried + 1) * (tried + 2));
}
