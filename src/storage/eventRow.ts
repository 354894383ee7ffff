import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EventType } from '../domain/event.js';

@Entity('events')
export class EventRow {
  @PrimaryColumn({ name: 'seq', type: 'bigint' }) seq!: number;
  @Column({ name: 'type', type: 'text' }) type!: EventType;
  @Column({ name: 'at', type: 'bigint' }) at!: number;
  @Column({ name: 'actor', type: 'text' }) actor!: string;
  @Column({ name: 'model', type: 'text', nullable: true }) model!: string | null;
  /** JSON. */
  @Column({ name: 'data', type: 'text' }) data!: string;
  @Column({ name: 'hash', type: 'text' }) hash!: string;
}
