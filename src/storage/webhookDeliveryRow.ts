import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeliveryStatus } from '../domain/webhook.js';

@Entity('webhook_deliveries')
export class WebhookDeliveryRow {
  @PrimaryColumn({ name: 'webhook', type: 'text' }) webhook!: string;
  @PrimaryColumn({ name: 'seq', type: 'bigint' }) seq!: number;
  @Column({ name: 'status', type: 'text' }) status!: DeliveryStatus;
  @Column({ name: 'attempts', type: 'integer' }) attempts!: number;
  @Column({ name: 'response_status', type: 'integer', nullable: true }) response_status!: number | null;
  @Column({ name: 'error', type: 'text', nullable: true }) error!: string | null;
  @Column({ name: 'first_attempt_at', type: 'bigint' }) first_attempt_at!: number;
  @Column({ name: 'last_attempt_at', type: 'bigint' }) last_attempt_at!: number;
  @Column({ name: 'next_attempt_at', type: 'bigint', nullable: true }) next_attempt_at!: number | null;
}
