/** Index of the first element above `seq`. */
export function firstAfter(seqs: readonly number[], seq: number): number {
  let low = 0;
  let high = seqs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seqs[middle] as number) > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}
