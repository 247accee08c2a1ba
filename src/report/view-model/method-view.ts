import { compareText, countOf, formatNumber, formatTime } from '../text/phrases.ts';
import type { ReportContext } from './report-context.ts';
import { listed, mapListed, subjectView } from './report-context.ts';
import type { FactView, InventoryRowView, Listed, MethodView } from './report-view.ts';

function fact(label: string, value: string, detail: string | null = null): FactView {
  return { label, value, detail, warning: false };
}

export function methodView({ result, limits }: ReportContext): MethodView {
  const { trail, ownTraces } = result.coverage;
  return {
    facts: [
      fact('Evidence digest (SHA-256 of the manifest)', result.evidenceDigest),
      fact('Evidence as of', formatTime(result.asOf), result.asOf),
      fact('Tool', `${result.tool.name} ${result.tool.version}`),
      fact('Result schema', `version ${result.schemaVersion}`),
      fact('Partition', result.partition),
      fact('Organization', result.organizationId ?? 'none, or not seen'),
      fact('Caller', result.callerArn ?? 'not seen'),
      fact('Checks', formatNumber(result.checks.length)),
      fact(
        'Results (checks × places)',
        formatNumber(result.results.reduce((sum, row) => sum + row.units.length, 0)),
      ),
      trail === null
        ? fact('CloudTrail events', 'not read')
        : fact(
            'CloudTrail events',
            `${formatTime(trail.from)} to ${formatTime(trail.to)}`,
            countOf(trail.holes.length, 'hole', 'holes'),
          ),
    ],
    holes: mapListed(
      trail?.holes ?? [],
      limits.rows,
      (hole) => `${formatTime(hole.from)} to ${formatTime(hole.to)}`,
    ),
    ownTraces: {
      callerArn: ownTraces.callerArn,
      userAgent: ownTraces.userAgent,
      calls: ownTraces.calls,
      sessions: listed([...ownTraces.sessions].sort(compareText), limits.names),
      excluded: listed(ownTraces.excludedFindings, limits.rows),
    },
  };
}

function baselineText(inBaseline: boolean | null): string {
  if (inBaseline === null) {
    return 'no baseline';
  }
  return inBaseline ? 'yes' : 'no';
}

export function inventoryView(context: ReportContext): Listed<InventoryRowView> {
  const rows = [...context.result.inventory].sort(
    (left, right) =>
      Number(left.inBaseline !== false) - Number(right.inBaseline !== false) ||
      compareText(left.type, right.type) ||
      compareText(left.arn, right.arn),
  );
  return mapListed(rows, context.limits.rows, (row) => ({
    subject: subjectView(context, row),
    created: row.createdAt === null ? null : formatTime(row.createdAt),
    modified: row.modifiedAt === null ? null : formatTime(row.modifiedAt),
    baseline: baselineText(row.inBaseline),
  }));
}
