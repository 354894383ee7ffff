import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('reigns')
export class ReignRow {
  @PrimaryColumn({ name: 'model', type: 'text' }) model!: string;
  @PrimaryColumn({ name: 'from_at', type: 'bigint' }) from_at!: number;
  @PrimaryColumn({ name: 'event_seq', type: 'bigint' }) event_seq!: number;
  @PrimaryColumn({ name: 'version', type: 'text' }) version!: string;
  @Column({ name: 'until_at', type: 'bigint', nullable: true }) until_at!: number | null;
}
