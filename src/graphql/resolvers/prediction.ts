import { Arg, FieldResolver, Query, Resolver } from 'type-graphql';
import { PredictInput } from '../inputs/prediction.js';
import { notYet } from '../notYet.js';
import { Requires } from '../requires.js';
import { PredictionType } from '../types/prediction.js';
import { VersionType } from '../types/version.js';

@Resolver(() => PredictionType)
export class PredictionResolver {
  @Query(() => PredictionType, {
    description:
      "The champion unless `version` names another. Inputs: one JSON number array per tensor, row-major, with its shape; or a benchmark's sample. Not of this release yet.",
  })
  @Requires('VIEWER', 'input.model')
  predict(@Arg('input', () => PredictInput, { description: 'What to predict.' }) _input: PredictInput): PredictionType {
    return notYet('predict');
  }

  @FieldResolver(() => VersionType, { description: 'The version that answered.' })
  version(): VersionType {
    return notYet('Prediction.version');
  }
}
