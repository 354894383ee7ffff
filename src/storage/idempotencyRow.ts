import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('idempotency')
export class IdempotencyRow {
  @PrimaryColumn({ name: 'operation', type: 'text' }) operation!: string;
  @PrimaryColumn({ name: 'key', type: 'text' }) key!: string;
  @Column({ name: 'input_hash', type: 'text' }) input_hash!: string;
  /** JSON. */
  @Column({ name: 'result', type: 'text' }) result!: string;
}
