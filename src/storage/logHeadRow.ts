import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row, id 1. Whoever appends locks it first, so that numbers are gapless and in the order of commits. */
@Entity('log_head')
export class LogHeadRow {
  @PrimaryColumn({ name: 'id', type: 'integer' }) id!: number;
  @Column({ name: 'registry_id', type: 'text' }) registry_id!: string;
  @Column({ name: 'seq', type: 'bigint' }) seq!: number;
  @Column({ name: 'hash', type: 'text' }) hash!: string;
}
