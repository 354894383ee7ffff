import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { type Prediction, predict } from '../../usecases/predict.js';
import type { CallerContext } from '../context.js';
import { PredictInput } from '../inputs/prediction.js';
import { Requires } from '../requires.js';
import { PredictionType } from '../types/prediction.js';

@Resolver(() => PredictionType)
export class PredictionResolver {
  @Query(() => PredictionType, {
    description:
      "Asks a version about one sample: the champion unless `version` names another. Inputs: one JSON number array per tensor, row-major, with its shape; or a benchmark's sample. PREDICTION_FAILED where the model gives no answer.",
  })
  @Requires('VIEWER', 'input.model')
  predict(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => PredictInput, { description: 'What to predict.' }) input: PredictInput,
  ): Promise<Prediction> {
    return predict(deps, actor, input);
  }
}
