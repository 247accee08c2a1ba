import type { StoredObservation } from '../../model/evidence-manifest.ts';
import type { Exception } from '../../model/exception.ts';
import { unitName } from '../../model/scope.ts';

/** Remembers which of the calls that exceptions accept as gaps were answered, and where. */
export interface AnsweredCalls {
  add(stored: readonly StoredObservation[]): void;
  has(operation: string, unit: string): boolean;
}

export function createAnsweredCalls(exceptions: readonly Exception[]): AnsweredCalls {
  const asked = new Set(exceptions.flatMap((one) => (one.kind === 'gap' ? [one.operation] : [])));
  const answered = new Set<string>();
  return {
    add(stored) {
      for (const { key, unit, observation } of asked.size === 0 ? [] : stored) {
        const operations =
          observation.state === 'missing'
            ? []
            : [key, ...observation.provenance.map(({ operation }) => operation)];
        for (const operation of operations.filter((one) => asked.has(one))) {
          answered.add(`${operation} ${unitName(unit)}`);
        }
      }
    },
    has: (operation, unit) => answered.has(`${operation} ${unit}`),
  };
}
