import {
  type Finding,
  GetFindingsCommand,
  ListDetectorsCommand,
  ListFindingsCommand,
} from '@aws-sdk/client-guardduty';
import type { AwsSession } from '../aws/clients.ts';
import type { AwsReader } from '../aws/reader.ts';
import { regionUnit } from '../model/scope.ts';
import type { TriageFinding } from '../model/triage-result.ts';
import { gapAt, type Probe, part, readerFor } from './probe.ts';

/** GetFindings takes no more at once. */
const mostIds = 50;

type Criterion = readonly [field: string, value: string];

async function findingIds(
  probe: Probe,
  reader: AwsReader,
  DetectorId: string,
  criteria: readonly Criterion[],
): Promise<readonly string[]> {
  const ids = new Set<string>();
  for (const [field, value] of criteria) {
    const pages = await reader.readAll(
      ListFindingsCommand,
      { DetectorId, FindingCriteria: { Criterion: { [field]: { Equals: [value] } } }, MaxResults: 50 },
      (output) => output.FindingIds,
      { resource: value },
    );
    probe.gaps.push(...pages.gaps);
    for (const id of pages.items) {
      ids.add(id);
    }
  }
  return [...ids].sort();
}

function findingOf(finding: Finding, region: string): TriageFinding {
  const { Service: service } = finding;
  return {
    id: finding.Id ?? '',
    type: finding.Type ?? '',
    severity: finding.Severity ?? 0,
    title: finding.Title ?? '',
    region: finding.Region ?? region,
    firstSeenAt: service?.EventFirstSeen ?? null,
    lastSeenAt: service?.EventLastSeen ?? null,
    count: service?.Count ?? 1,
    archived: service?.Archived ?? false,
  };
}

/** A region without a detector has no findings: known, and told by the sweep's own checks. */
async function findingsIn(
  probe: Probe,
  session: AwsSession,
  region: string,
  criteria: readonly Criterion[],
): Promise<readonly TriageFinding[]> {
  const unit = regionUnit(probe.partition, session.accountId, region);
  const reader = readerFor(probe, session, unit, region);
  const detectors = await reader.readAll(ListDetectorsCommand, {}, (output) => output.DetectorIds);
  probe.gaps.push(...detectors.gaps);
  const found: TriageFinding[] = [];
  for (const DetectorId of detectors.items) {
    const ids = await findingIds(probe, reader, DetectorId, criteria);
    if (ids.length > mostIds) {
      const detail = `${ids.length} findings, of which ${mostIds} were read`;
      probe.gaps.push(gapAt(unit, 'guardduty:GetFindings', 'truncated', detail));
    }
    if (ids.length === 0) {
      continue;
    }
    const answer = await reader.read(GetFindingsCommand, { DetectorId, FindingIds: ids.slice(0, mostIds) });
    if (answer.kind === 'gap') {
      probe.gaps.push(answer.gap);
    }
    const findings = answer.kind === 'value' ? (answer.value.Findings ?? []) : [];
    found.push(...findings.map((finding) => findingOf(finding, region)));
  }
  return found;
}

/** Findings on the key and on its user, archived ones too: an intruder may have written the filter. */
export async function guardDutyFindings(
  probe: Probe,
  session: AwsSession,
  regions: readonly string[],
  subject: { readonly accessKeyId: string; readonly userName: string | null },
): Promise<readonly TriageFinding[]> {
  const criteria: readonly Criterion[] = [
    ['resource.accessKeyDetails.accessKeyId', subject.accessKeyId],
    ...(subject.userName === null ? [] : [['resource.accessKeyDetails.userName', subject.userName] as const]),
  ];
  const perRegion = await Promise.all(
    regions.map((region) =>
      part<readonly TriageFinding[]>(
        probe,
        regionUnit(probe.partition, session.accountId, region),
        'guardduty:ListFindings',
        [],
        () => findingsIn(probe, session, region, criteria),
      ),
    ),
  );
  return perRegion
    .flat()
    .sort((left, right) => right.severity - left.severity || (left.id < right.id ? -1 : 1));
}
