import type { ActivityBucket } from '../../model/activity.ts';
import type { Incident } from '../../model/incident.ts';
import type { LineageNode } from '../../model/lineage.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import { agentFamily, type Hands, isAddress } from './hands.ts';

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

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
  others: Iterable<ActivityBucket>,
  incident: Incident,
  hands: Hands,
): TraceResult['indicators'] {
  const otherSources = new Set<string | null>();
  const seenAgents = new Set<string | null>();
  for (const { sourceIp, userAgent } of others) {
    otherSources.add(sourceIp);
    seenAgents.add(userAgent);
  }
  const otherAgents = new Set([...seenAgents].map(agentFamily));
  const made = nodes.filter(({ intruderMade, standing }) => intruderMade && standing === 'tainted');
  const outside = own.filter(({ userAgent }) => userAgent?.includes('exec-env/AWS_Lambda') !== true);
  const addresses = distinct(outside.map(({ sourceIp }) => sourceIp)).filter(isAddress);
  const clients = new Set<string | null>(addresses);
  const agents = distinct(
    outside.filter(({ sourceIp }) => clients.has(sourceIp)).map(({ userAgent }) => userAgent),
  ).filter((userAgent) => userAgent !== null);
  return {
    sourceIps: sorted(
      addresses.filter(
        (sourceIp) =>
          !otherSources.has(sourceIp) &&
          !hands.isTrusted(sourceIp) &&
          !incident.indicators.sourceIps.includes(sourceIp),
      ),
    ),
    userAgents: sorted(
      agents.filter(
        (userAgent) =>
          !otherAgents.has(agentFamily(userAgent)) && !incident.indicators.userAgents.includes(userAgent),
      ),
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
