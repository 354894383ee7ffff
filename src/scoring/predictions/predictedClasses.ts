/** For each of the rows, the column with the highest probability, the first of equal ones. */
export function predictedClasses(probabilities: Float32Array, classes: number): Int32Array {
  const predicted = new Int32Array(probabilities.length / classes);
  for (let i = 0; i < predicted.length; i += 1) {
    const row = i * classes;
    let best = 0;
    for (let j = 1; j < classes; j += 1) {
      if ((probabilities[row + j] ?? 0) > (probabilities[row + best] ?? 0)) best = j;
    }
    predicted[i] = best;
  }
  return predicted;
}
