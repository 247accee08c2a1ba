import type { CollectContext } from '../../src/collect/define-collector.ts';
import type { CollectedEvidence, CollectedKey } from '../../src/model/evidence-catalog.ts';
import type { Observation } from '../../src/model/observation.ts';
import { accountUnit, type ScopeUnit } from '../../src/model/scope.ts';
import type { FakeReader } from './fake-reader.ts';

export type Dependencies = { readonly [Key in CollectedKey]?: Observation<CollectedEvidence[Key]> };

export interface FakeCollectContext extends CollectContext {
  /** What was counted as redacted, by field. */
  readonly redactions: ReadonlyMap<string, number>;
}

/** A collector's context over a fake reader; a dependency that was not given is a bug of the test: it throws. */
export function fakeCollectContext(
  reader: FakeReader,
  dependencies: Dependencies = {},
  unit: ScopeUnit = accountUnit('aws', '111122223333'),
): FakeCollectContext {
  const redactions = new Map<string, number>();
  return {
    unit,
    partition: unit.partition,
    accountId: unit.accountId ?? '111122223333',
    region: unit.region ?? 'us-east-1',
    regions: ['eu-west-1', 'us-east-1'],
    reader,
    redactions,
    dependency<Key extends CollectedKey>(key: Key): Observation<CollectedEvidence[Key]> {
      const observation: Dependencies[Key] = dependencies[key];
      if (observation === undefined) {
        throw new Error(`the test gives no ${key}`);
      }
      return observation;
    },
    redacted(field, count) {
      redactions.set(field, (redactions.get(field) ?? 0) + count);
    },
    gap: (reason, detail, resource) => ({
      reason,
      operation: 'collector',
      unit,
      ...(resource === undefined ? {} : { resource }),
      detail,
      retryable: false,
    }),
  };
}
