import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('webhooks')
export class WebhookRow {
  @PrimaryColumn({ name: 'id', type: 'text' }) id!: string;
  @Column({ name: 'name', type: 'text' }) name!: string;
  @Column({ name: 'url', type: 'text' }) url!: string;
  /** JSON; null: all types. */
  @Column({ name: 'types', type: 'text', nullable: true }) types!: string | null;
  @Column({ name: 'model', type: 'text', nullable: true }) model!: string | null;
  @Column({ name: 'active', type: 'integer' }) active!: number;
  @Column({ name: 'seq', type: 'bigint' }) seq!: number;
  @Column({ name: 'created_at', type: 'bigint' }) created_at!: number;
  @Column({ name: 'failing_since', type: 'bigint', nullable: true }) failing_since!: number | null;
  @Column({ name: 'disabled_reason', type: 'text', nullable: true }) disabled_reason!: string | null;
  /** In the clear: a signature takes the secret itself. */
  @Column({ name: 'secret', type: 'text' }) secret!: string;
  @Column({ name: 'previous_secret', type: 'text', nullable: true }) previous_secret!: string | null;
  @Column({ name: 'previous_until', type: 'bigint', nullable: true }) previous_until!: number | null;
  /** The process that delivers, and until when; by the database's clock. */
  @Column({ name: 'lease_owner', type: 'text', nullable: true }) lease_owner!: string | null;
  @Column({ name: 'lease_until', type: 'bigint', nullable: true }) lease_until!: number | null;
}
