import type { Connection } from './connection.js';
import { operation } from './operation.js';
import { type CountedPage, PAGE_INFO, type PageOptions } from './page.js';
import { TRAINING_EVENT_FIELDS, type TrainingEvent, type TrainingEventInput, type TrainingEventStatus } from './trainingEvent.js';

export interface TrainingListOptions extends PageOptions {
  readonly status?: readonly TrainingEventStatus[];
}

const LIST = operation<{ trainingEvents: CountedPage<TrainingEvent> }, { model: string } & TrainingListOptions>(
  `query TrainingEvents($model: String!, $status: [TrainingEventStatus!], $first: Int, $after: String) {
    trainingEvents(model: $model, status: $status, first: $first, after: $after) {
      nodes { ${TRAINING_EVENT_FIELDS} } ${PAGE_INFO} totalCount
    }
  }`,
);
const ADD = operation<{ addTrainingEvents: TrainingEvent[] }, { model: string; events: readonly TrainingEventInput[] }>(
  `mutation AddTrainingEvents($model: String!, $events: [TrainingEventInput!]!) {
    addTrainingEvents(model: $model, events: $events) { ${TRAINING_EVENT_FIELDS} }
  }`,
);
const VALIDATE = operation<{ validateTrainingEvents: TrainingEvent[] }, { model: string; eventIds: readonly string[] }>(
  `mutation ValidateTrainingEvents($model: String!, $eventIds: [String!]!) {
    validateTrainingEvents(model: $model, eventIds: $eventIds) { ${TRAINING_EVENT_FIELDS} }
  }`,
);
const DISCARD = operation<{ discardTrainingEvent: TrainingEvent }, { model: string; eventId: string; reason: string }>(
  `mutation DiscardTrainingEvent($model: String!, $eventId: String!, $reason: String!) {
    discardTrainingEvent(model: $model, eventId: $eventId, reason: $reason) { ${TRAINING_EVENT_FIELDS} }
  }`,
);

export interface TrainingCalls {
  getTrainingEvents(model: string, options?: TrainingListOptions): Promise<CountedPage<TrainingEvent>>;
  addTrainingEvents(model: string, events: readonly TrainingEventInput[]): Promise<readonly TrainingEvent[]>;
  validateTrainingEvents(model: string, eventIds: readonly string[]): Promise<readonly TrainingEvent[]>;
  discardTrainingEvent(model: string, eventId: string, reason: string): Promise<TrainingEvent>;
}

export function trainingCalls({ query }: Connection): TrainingCalls {
  return {
    getTrainingEvents: async (model, options = {}) => (await query(LIST, { model, first: 50, ...options })).trainingEvents,
    addTrainingEvents: async (model, events) => (await query(ADD, { model, events })).addTrainingEvents,
    validateTrainingEvents: async (model, eventIds) => (await query(VALIDATE, { model, eventIds })).validateTrainingEvents,
    discardTrainingEvent: async (model, eventId, reason) => (await query(DISCARD, { model, eventId, reason })).discardTrainingEvent,
  };
}
