import type { Version } from '../../domain/records.js';

/** Role folder of a version, relative to the models directory: champion/<model>, challenger/<id> or archive/<id> (rejected ones too). */
export function versionFolder({ id, model, status }: Version): string {
  switch (status) {
    case 'CHAMPION':
      return `champion/${model}`;
    case 'CHALLENGER':
      return `challenger/${id}`;
    case 'ARCHIVED':
    case 'REJECTED':
      return `archive/${id}`;
    default: {
      const unknown: never = status;
      throw new Error(`unknown status ${unknown}`);
    }
  }
}
