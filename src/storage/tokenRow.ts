import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../domain/actor.js';

@Entity('tokens')
export class TokenRow {
  @PrimaryColumn({ name: 'id', type: 'text' }) id!: string;
  @Column({ name: 'name', type: 'text' }) name!: string;
  @Column({ name: 'role', type: 'text' }) role!: Role;
  /** JSON; null: all models. */
  @Column({ name: 'models', type: 'text', nullable: true }) models!: string | null;
  @Column({ name: 'hash', type: 'text' }) hash!: string;
  @Column({ name: 'created_at', type: 'bigint' }) created_at!: number;
  @Column({ name: 'expires_at', type: 'bigint', nullable: true }) expires_at!: number | null;
  @Column({ name: 'revoked_at', type: 'bigint', nullable: true }) revoked_at!: number | null;
}
