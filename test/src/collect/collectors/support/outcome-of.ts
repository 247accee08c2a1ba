import type { AnyCollector } from '../../../../../src/collect/define-collector.ts';
import type { Gap } from '../../../../../src/model/gap.ts';
import { gapsOf, type Observation } from '../../../../../src/model/observation.ts';
import { type Dependencies, fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { type FakeReader, fakeReader, type Script } from '../../../../support/fake-reader.ts';
import { smallDependencies, smallScript } from './small-organization.ts';

export interface CollectOutcome {
  readonly observation: Observation<unknown>;
  readonly state: Observation<unknown>['state'];
  /** Undefined when missing. */
  readonly value: unknown;
  readonly gaps: readonly Gap[];
  readonly reader: FakeReader;
  readonly redactions: ReadonlyMap<string, number>;
}

/** Runs a collector on the small organization with some answers and dependencies replaced. */
export async function outcomeOf(
  collector: AnyCollector,
  script: Script = {},
  dependencies: Dependencies = {},
): Promise<CollectOutcome> {
  const reader = fakeReader({ ...smallScript, ...script });
  const context = fakeCollectContext(reader, { ...smallDependencies, ...dependencies });
  const observation = await collector.collect(context);
  return {
    observation,
    state: observation.state,
    value: observation.state === 'missing' ? undefined : observation.value,
    gaps: gapsOf(observation),
    reader,
    redactions: context.redactions,
  };
}
