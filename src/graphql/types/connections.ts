import { Field, Int } from 'type-graphql';
import type { Decision } from '../../domain/decision.js';
import type { Policy } from '../../domain/policy.js';
import type { Model, Reign, TrainingEvent, Version } from '../../domain/records.js';
import type { Connection, Edge, PageInfo, UncountedConnection } from '../connection.js';
import { SimpleObject } from '../simpleObject.js';
import { BenchmarkType } from './benchmark.js';
import { DecisionType } from './decision.js';
import { ModelType } from './model.js';
import { PageInfoType } from './pageInfo.js';
import { PolicyType } from './policy.js';
import { ReignType } from './reign.js';
import { TrainingEventType } from './training.js';
import { VersionType } from './version.js';

const PAGE_INFO = { description: 'Where the page stands in the list.' };
const TOTAL = { description: 'Length of the whole list, all pages together; counted only where it is asked for.' };
const EDGES = { description: 'The nodes with the cursor of each.' };
const CURSOR = { description: 'Place after the node: give it back as `after`.' };

@SimpleObject('ModelEdge', 'A model and its place in the list.')
export class ModelEdgeType implements Edge<Model> {
  @Field(() => String, CURSOR)
  cursor!: string;

  @Field(() => ModelType, { description: 'The model.' })
  node!: Model;
}

@SimpleObject('ModelConnection', 'A page of models.')
export class ModelConnectionType implements Connection<Model> {
  @Field(() => [ModelEdgeType], EDGES)
  edges!: Connection<Model>['edges'];

  @Field(() => [ModelType], { description: 'The models of the page, in order.' })
  nodes!: Model[];

  @Field(() => PageInfoType, PAGE_INFO)
  pageInfo!: () => PageInfo;

  @Field(() => Int, TOTAL)
  totalCount!: () => Promise<number>;
}

@SimpleObject('VersionEdge', 'A version and its place in the list.')
export class VersionEdgeType implements Edge<Version> {
  @Field(() => String, CURSOR)
  cursor!: string;

  @Field(() => VersionType, { description: 'The version.' })
  node!: Version;
}

@SimpleObject('VersionConnection', 'A page of versions.')
export class VersionConnectionType implements Connection<Version> {
  @Field(() => [VersionEdgeType], EDGES)
  edges!: Connection<Version>['edges'];

  @Field(() => [VersionType], { description: 'The versions of the page, in order.' })
  nodes!: Version[];

  @Field(() => PageInfoType, PAGE_INFO)
  pageInfo!: () => PageInfo;

  @Field(() => Int, TOTAL)
  totalCount!: () => Promise<number>;
}

@SimpleObject('ReignConnection', 'A page of reigns.')
export class ReignConnectionType implements Omit<UncountedConnection<Reign>, 'edges'> {
  @Field(() => [ReignType], { description: 'The reigns of the page, in order.' })
  nodes!: Reign[];

  @Field(() => PageInfoType, PAGE_INFO)
  pageInfo!: () => PageInfo;
}

@SimpleObject('DecisionConnection', 'A page of decisions.')
export class DecisionConnectionType implements Omit<UncountedConnection<Decision>, 'edges'> {
  @Field(() => [DecisionType], { description: 'The decisions of the page, in order.' })
  nodes!: Decision[];

  @Field(() => PageInfoType, PAGE_INFO)
  pageInfo!: () => PageInfo;
}

@SimpleObject('PolicyConnection', 'A page of policy revisions.')
export class PolicyConnectionType implements Omit<UncountedConnection<Policy>, 'edges'> {
  @Field(() => [PolicyType], { description: 'The policy revisions of the page, in order.' })
  nodes!: Policy[];

  @Field(() => PageInfoType, PAGE_INFO)
  pageInfo!: () => PageInfo;
}

@SimpleObject('BenchmarkConnection', 'A page of benchmarks.')
export class BenchmarkConnectionType implements Omit<UncountedConnection<BenchmarkType>, 'edges'> {
  @Field(() => [BenchmarkType], { description: 'The benchmarks of the page, in order.' })
  nodes!: BenchmarkType[];

  @Field(() => PageInfoType, PAGE_INFO)
  pageInfo!: () => PageInfo;
}

@SimpleObject('TrainingEventConnection', 'A page of training events.')
export class TrainingEventConnectionType implements Omit<Connection<TrainingEvent>, 'edges'> {
  @Field(() => [TrainingEventType], { description: 'The training events of the page, in order.' })
  nodes!: TrainingEvent[];

  @Field(() => PageInfoType, PAGE_INFO)
  pageInfo!: () => PageInfo;

  @Field(() => Int, TOTAL)
  totalCount!: () => Promise<number>;
}
