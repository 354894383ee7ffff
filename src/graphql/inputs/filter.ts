import { Field, InputType } from 'type-graphql';
import type { EventType } from '../../domain/event.js';
import type { VersionStatus } from '../../domain/lifecycle.js';
import type { VersionOrder as Order } from '../../ports.js';
import { enumType } from '../enumType.js';
import { FloatScalar } from '../scalars/float.js';
import { EventTypeEnum } from '../types/eventType.js';
import { VersionStatusEnum } from '../types/version.js';
import { TagInput } from './version.js';

export const VersionOrderFieldEnum = enumType<Order['field']>('VersionOrderField', 'What versions are sorted by.', {
  VERSION: 'Semver precedence.',
  CREATED_AT: 'Time of registration.',
  METRIC: 'The metric that `metric` names; versions without it are left out.',
});

export const OrderDirectionEnum = enumType<Order['direction']>('OrderDirection', 'Which end comes first.', {
  ASC: 'The lowest or oldest first.',
  DESC: 'The highest or newest first.',
});

@InputType('MetricBound', { description: 'Only versions that carry the metric, within the bounds.' })
export class MetricBoundInput {
  @Field(() => String, { description: 'Name of the metric; UNKNOWN_METRIC where no version of the model carries it.' })
  name!: string;

  @Field(() => FloatScalar, { nullable: true, description: "Inclusive, in the metric's unit; null or left out: unbounded." })
  min?: number | null;

  @Field(() => FloatScalar, { nullable: true, description: "Inclusive, in the metric's unit; null or left out: unbounded." })
  max?: number | null;
}

@InputType('VersionFilter', { description: 'Which versions; every condition that is given must hold.' })
export class VersionFilterInput {
  @Field(() => [VersionStatusEnum], { nullable: true, description: 'One of these roles; null or left out: any.' })
  status?: VersionStatus[] | null;

  @Field(() => String, { nullable: true, description: 'Exactly this architecture; null or left out: any.' })
  architecture?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A part of the id, architecture, notes or reason, whatever the case; null or left out: any.',
  })
  text?: string | null;

  @Field(() => MetricBoundInput, { nullable: true, description: 'A metric and its bounds; null or left out: any.' })
  metric?: MetricBoundInput | null;

  @Field(() => TagInput, { nullable: true, description: 'Carries this tag with this value; null or left out: any.' })
  tag?: TagInput | null;
}

@InputType('VersionOrder', { description: 'How versions are sorted; ties go by semver precedence in the same direction.' })
export class VersionOrderInput {
  @Field(() => VersionOrderFieldEnum, { description: 'What to sort by.' })
  field!: Order['field'];

  @Field(() => OrderDirectionEnum, { description: 'Which end comes first.' })
  direction!: Order['direction'];

  @Field(() => String, { nullable: true, description: 'Name of the metric; needed for METRIC, and for nothing else.' })
  metric?: string | null;
}

@InputType('EventFilter', { description: 'Which events; every condition that is given must hold.' })
export class EventFilterInput {
  @Field(() => String, { nullable: true, description: 'Only events of this model; null or left out: of any, and of none.' })
  model?: string | null;

  @Field(() => [EventTypeEnum], { nullable: true, description: 'Only these types; null or left out: all.' })
  types?: EventType[] | null;
}
