import type { AuditResult } from '../model/audit-result.ts';
import type { TraceResult } from '../model/trace-result.ts';
import type { CustodyFile, CustodyPlace } from '../report/custody/custody-items.ts';
import type { CustodyCollection } from '../report/custody/custody-page.ts';
import { countOf } from '../report/text/phrases.ts';
import { groupBy } from '../report/view-model/group-by.ts';
import type { Collected } from './collect.ts';
import type { RunContents } from './seal-run.ts';

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : 'unnamed';
}

export function custodyIncident(
  result: AuditResult | null,
  trace: TraceResult | null,
): { readonly id: string; readonly title: string } | null {
  const incident = result?.incident ?? trace?.incident ?? null;
  return incident === null ? null : { id: textOf(incident['id']), title: textOf(incident['title']) };
}

/** Per account: the regions that were asked, and the API families that answered for it. */
export function custodyPlaces(collected: Collected | null): readonly CustodyPlace[] {
  const entries = (collected?.ledger ?? []).filter(({ accountId }) => accountId !== null);
  return [...groupBy(entries, ({ accountId }) => accountId ?? '')].map(([accountId, own]) => ({
    accountId,
    regions: [...new Set(own.flatMap(({ region }) => region ?? []))].sort(),
    services: [...new Set(own.map(({ operation }) => operation.split(':')[0] ?? ''))].sort(),
    takenOver: collected?.takenOver.has(accountId) === true,
  }));
}

export function organizationText({ collected, result }: RunContents): string {
  const organizationId = collected?.manifest.organizationId ?? result?.organizationId ?? null;
  return organizationId === null ? 'no organization, or not seen' : `organization ${organizationId}`;
}

export function custodyCollection(
  contents: RunContents,
  files: readonly CustodyFile[],
): CustodyCollection | null {
  const { collected, result } = contents;
  const manifestFile = files.find(
    ({ path }) => path === 'evidence/manifest.json' || path === 'manifest.json',
  );
  if (collected !== null) {
    const { manifest } = collected;
    const swept = manifest.accounts.filter((account) => account.swept).length;
    return {
      callerArn: manifest.callerArn,
      sessions: manifest.ownTraces.sessions,
      startedAt: manifest.startedAt,
      endedAt: manifest.asOf,
      toolVersion: manifest.tool.version,
      clockSkewSeconds: manifest.clockSkewSeconds,
      evidenceDigest: manifestFile?.sha256 ?? 'not written',
      parts: manifest.parts ?? [],
      scope: `${organizationText(contents)}; ${countOf(swept, 'account', 'accounts')}`,
      included: true,
    };
  }
  if (result === null) {
    return null;
  }
  const { collection } = result;
  return {
    callerArn: collection.callerArn,
    sessions: result.coverage.ownTraces.sessions,
    startedAt: collection.startedAt,
    endedAt: collection.endedAt,
    toolVersion: collection.toolVersion,
    clockSkewSeconds: collection.clockSkewSeconds,
    evidenceDigest: result.evidenceDigest,
    parts: collection.parts ?? [],
    scope: `${organizationText(contents)}; ${countOf(result.scope.accounts.length, 'account', 'accounts')}`,
    included: manifestFile !== undefined,
  };
}
