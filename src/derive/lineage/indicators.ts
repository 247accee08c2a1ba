import type { ActivityBucket } from '../../model/activity.ts';
import type { Incident } from '../../model/incident.ts';
import type { LineageNode } from '../../model/lineage.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import { agentFamily, type Hands, isAddress } from './hands.ts';

function sorted(values: Iterable<string>): string[] {
  return [...new Set(values)].sort();
}

/** Names of principals and runnable things that the incident chose. */
const named = new Set([
  'iam-user',
  'iam-role',
  'iam-group',
  'iam-policy',
  'lambda-function',
  'rest-api',
  'http-api',
  'websocket-api',
  'permission-set',
  'directory-group',
  'stack',
]);

/**
 * What is new to the incident file. Sources and agents that others use as well are not proposed: as indicators they
 * would accuse the innocent.
 */
export function indicatorsOf(
  nodes: readonly LineageNode[],
  own: readonly ActivityBucket[],
  others: readonly ActivityBucket[],
  incident: Incident,
  hands: Hands,
): TraceResult['indicators'] {
  const otherSources = new Set(others.map(({ sourceIp }) => sourceIp));
  const otherAgents = new Set(others.map(({ userAgent }) => agentFamily(userAgent)));
  const made = nodes.filter(({ intruderMade, standing }) => intruderMade && standing === 'tainted');
  const inRole = (bucket: ActivityBucket): boolean => /exec-env\/AWS_Lambda/.test(bucket.userAgent ?? '');
  return {
    sourceIps: sorted(
      own
        .filter((bucket) => !inRole(bucket))
        .flatMap(({ sourceIp }) => (isAddress(sourceIp) && !otherSources.has(sourceIp) ? [sourceIp] : []))
        .filter(
          (sourceIp) => !hands.isTrusted(sourceIp) && !incident.indicators.sourceIps.includes(sourceIp),
        ),
    ),
    userAgents: sorted(
      own
        .filter((bucket) => !inRole(bucket) && isAddress(bucket.sourceIp))
        .flatMap(({ userAgent }) =>
          userAgent === null || otherAgents.has(agentFamily(userAgent)) ? [] : [userAgent],
        )
        .filter((userAgent) => !incident.indicators.userAgents.includes(userAgent)),
    ),
    names: sorted(
      made
        .filter(({ type, label, uniqueId }) => named.has(type) && label !== uniqueId)
        .map(({ label }) => label)
        .filter((label) => !incident.indicators.names.includes(label)),
    ),
    accessKeyIds: sorted(
      made
        .filter(({ type, uniqueId }) => type === 'access-key' && uniqueId !== null)
        .flatMap(({ uniqueId }) => uniqueId ?? [])
        .filter((id) => !incident.compromised.accessKeyIds.includes(id)),
    ),
  };
}
