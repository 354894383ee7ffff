import type { EventType } from '../../domain/event.js';
import { enumType } from '../enumType.js';

export const EventTypeEnum = enumType<EventType>('EventType', 'What can happen.', {
  MODEL_CREATED: 'A model was created.',
  MODEL_UPDATED: "A model's description or tasks changed.",
  VERSION_REGISTERED: 'A version was registered; it is a challenger.',
  VERSION_NOMINATED: 'An archived or rejected version became a challenger again.',
  VERSION_REJECTED: 'A challenger was rejected.',
  VERSION_TAGGED: "A version's tags were replaced.",
  PROMOTED: 'A challenger became champion.',
  ROLLED_BACK: 'A former champion became champion again.',
  PROMOTION_REFUSED: 'A promotion was asked for, and the policy said no.',
  PROMOTION_REQUESTED: 'A promotion waits for an approval.',
  PROMOTION_DECLINED: 'Someone declined a waiting promotion.',
  EVALUATION_SUCCEEDED: 'A version was measured on a benchmark.',
  EVALUATION_FAILED: 'A measurement broke off.',
  POLICY_CHANGED: 'A model has a new revision of its policy.',
  BENCHMARK_REGISTERED: 'A benchmark was registered.',
  TRAINING_EVENTS_ADDED: 'Events came into the training pool.',
  TRAINING_EVENTS_VALIDATED: 'Events of the training pool were validated.',
  TRAINING_EVENT_DISCARDED: 'An event of the training pool was discarded.',
  TRAINING_READY: 'Retraining has become due.',
  REGISTRY_IMPORTED: 'A registry v2.0 document was imported.',
  TOKEN_CREATED: 'A token was made.',
  TOKEN_REVOKED: 'A token was revoked.',
  WEBHOOK_CREATED: 'A webhook was created.',
  WEBHOOK_UPDATED: 'A webhook was changed, deactivated, given another secret, or set to another place in the log.',
});
