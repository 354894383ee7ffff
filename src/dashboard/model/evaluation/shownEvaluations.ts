import type { EvaluationPartsFragment } from '../../api/generated/operations';
import { isUnderWay } from './useEvaluation';

/** Those under way by the server's list, and those started here, each once. */
export function shownEvaluations(evaluations: readonly EvaluationPartsFragment[], started: readonly string[]): readonly string[] {
  return [...new Set([...evaluations.filter(isUnderWay).map(({ id }) => id), ...started])];
}
