import { Field } from 'type-graphql';
import type { Metric } from '../../domain/metric.js';
import type { Version } from '../../domain/records.js';
import { SimpleObject } from '../simpleObject.js';
import { MetricType } from './metric.js';
import { VersionType } from './version.js';

@SimpleObject('MetricPoint', 'One metric of one version.')
export class MetricPointType {
  @Field(() => VersionType, { description: 'The version.' })
  version!: Version;

  @Field(() => MetricType, { description: 'Its metric.' })
  metric!: Metric;
}
