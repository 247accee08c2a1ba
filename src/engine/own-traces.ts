import type { ResultFinding } from '../model/audit-result.ts';

const session = /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\//;
const role = /^arn:([^:]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/**
 * True for a finding about the role that this sweep itself runs as. A role that was made or changed in the window,
 * or that the incident names, is never waved through: it may be the intruder's.
 */
export function isOwnTrace(finding: ResultFinding, ownSessions: readonly string[]): boolean {
  const suspicious = new Set([
    'in-window',
    'compromised-principal',
    'indicator-match',
    'created-by-incident',
  ]);
  if (finding.signals.some(({ code }) => suspicious.has(code))) {
    return false;
  }
  const [, partition, accountId, name] = role.exec(finding.subject.arn) ?? [];
  return ownSessions.some((arn) => {
    const own = session.exec(arn);
    return own !== null && own[1] === partition && own[2] === accountId && own[3] === name;
  });
}
