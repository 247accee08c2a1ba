import type { EndpointChain } from '../model/endpoint-chain.ts';
import type { Endpoint } from '../model/evidence/derived.ts';
import type { EvidenceCatalog } from '../model/evidence-catalog.ts';
import type { Lineage } from '../model/lineage.ts';
import { type ScopeUnit, unitName } from '../model/scope.ts';
import type { ObservationIndex } from './observation-index.ts';

function wayOf({ entry }: Endpoint): string {
  return entry.kind === 'function-url' ? entry.url : `${entry.stage} ${entry.route}`;
}

function chainOf(endpoints: readonly [Endpoint, ...Endpoint[]], unit: ScopeUnit): EndpointChain {
  const [first] = endpoints;
  const { functionArn, roleArn, rolePower } = first;
  return {
    accountId: unit.accountId ?? '',
    region: unit.region ?? '',
    entry: {
      kind: first.entry.kind,
      arn: first.arn,
      name: first.name,
      ways: [...new Set(endpoints.map(wayOf))].sort(),
    },
    exposure: first.exposure,
    exposureFacts: [...first.exposureFacts],
    function: functionArn === null ? null : { arn: functionArn, name: first.functionName ?? functionArn },
    directAction: first.directAction,
    role:
      roleArn === null
        ? null
        : {
            arn: roleArn,
            administrator: rolePower?.administrator ?? null,
            mints: (rolePower?.mintsCredentials ?? []).slice(0, 20).map(({ action }) => action),
          },
  };
}

function isEndpointList(value: unknown): value is EvidenceCatalog['endpoints'] {
  return Array.isArray(value);
}

export interface SeenEndpoints {
  readonly chains: readonly EndpointChain[];
  /** The unit's name, where something that belongs to its chains could not be seen. */
  readonly notSeen: readonly string[];
}

export function endpointChains(index: ObservationIndex, unit: ScopeUnit): SeenEndpoints {
  const observation = index.lookup('endpoints', unit);
  const notSeen = observation.state === 'complete' ? [] : [unitName(unit)];
  if (observation.state === 'missing' || !isEndpointList(observation.value)) {
    return { chains: [], notSeen };
  }
  const groups = new Map<string, [Endpoint, ...Endpoint[]]>();
  for (const endpoint of observation.value) {
    const key = [
      endpoint.arn,
      endpoint.exposure,
      endpoint.functionArn,
      endpoint.roleArn,
      endpoint.directAction,
    ];
    const name = JSON.stringify(key);
    const group = groups.get(name);
    if (group === undefined) {
      groups.set(name, [endpoint]);
    } else {
      group.push(endpoint);
    }
  }
  return { chains: [...groups.values()].map((group) => chainOf(group, unit)), notSeen };
}

/** Everyday APIs behind an authorizer are not told; what the incident touched is, however it is guarded. */
export function reportedChains(
  chains: readonly EndpointChain[],
  lineage: Lineage | null,
): readonly EndpointChain[] {
  const touched = new Set(
    (lineage?.nodes ?? [])
      .filter(({ standing }) => standing === 'tainted')
      .flatMap(({ arn }) => (arn === null ? [] : [arn])),
  );
  const key = ({ accountId, region, entry, function: target }: EndpointChain): string =>
    [accountId, region, entry.arn, entry.ways[0], target?.arn].join('\n');
  return chains
    .filter(
      ({ exposure, entry, function: target, role }) =>
        (exposure !== 'private' && exposure !== 'authenticated') ||
        [entry.arn, target?.arn, role?.arn].some((arn) => arn !== undefined && touched.has(arn)),
    )
    .sort((left, right) => (key(left) < key(right) ? -1 : 1));
}
