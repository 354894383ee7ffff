import { Field } from 'type-graphql';
import type { Millis, Reign } from '../../domain/records.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { SimpleObject } from '../simpleObject.js';

@SimpleObject('Reign', 'A stretch of time in which one version was champion: from <= t < until.')
export class ReignType implements Pick<Reign, 'from' | 'until'> {
  @Field(() => DateTimeScalar, { description: 'When it began, inclusive.' })
  from!: Millis;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended, exclusive; null: it lasts.' })
  until!: Millis | null;
}
