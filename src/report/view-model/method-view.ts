import type { AuditResult } from '../../model/audit-result.ts';
import { isLeast } from '../../model/collection-part.ts';
import { compareText, countOf, formatNumber, formatTime } from '../text/phrases.ts';
import { groupBy } from './group-by.ts';
import type { ReportContext } from './report-context.ts';
import { listed, mapListed, subjectView } from './report-context.ts';
import type { FactView, InventoryRowView, Listed } from './report-view.ts';

export interface MethodView {
  readonly facts: readonly FactView[];
  /** What nobody should believe was done. */
  readonly notDone: readonly string[];
  readonly holes: Listed<string>;
  readonly ownTraces: {
    readonly callerArn: string | null;
    readonly userAgent: string | null;
    readonly calls: number;
    /** There may have been more calls: a part of the collection did not end. */
    readonly isLeast: boolean;
    readonly sessions: Listed<string>;
    /** Left out of the findings because they are about the sweep itself. */
    readonly excluded: Listed<{ readonly check: string; readonly arn: string; readonly message: string }>;
  };
}

function fact(label: string, value: string, detail: string | null = null): FactView {
  return { label, value, detail, warning: false };
}

function baselineFact({ inventory }: AuditResult): FactView {
  const judged = inventory.filter(({ inBaseline }) => inBaseline !== null).length;
  return judged > 0
    ? fact('Baseline', 'given', `${formatNumber(judged)} things held against it`)
    : fact('Baseline', 'nothing was held against one');
}

/** What was asked for: the arguments that decide what this report can say. */
function argumentFacts({ result }: ReportContext): readonly FactView[] {
  const { scope, checksNotRun = [], checks } = result;
  const options = checks.flatMap(({ id, optionsSet = {} }) =>
    Object.entries(optionsSet).map(([name, value]) => `${id} ${name} = ${String(value)}`),
  );
  return [
    fact(
      'Scope',
      `${countOf(scope.accounts.length, 'account', 'accounts')}, ${countOf(scope.regions.length, 'region', 'regions')}`,
      scope.organizationInScope ? 'and the organization itself' : 'without the organization itself',
    ),
    fact(
      'Checks',
      formatNumber(checks.length),
      checksNotRun.length === 0
        ? 'none was left out'
        : `left out: ${clipped(checksNotRun.map(({ id }) => id))}`,
    ),
    ...(options.length === 0 ? [] : [fact('Options of checks', clipped(options))]),
    baselineFact(result),
    fact(
      'Decisions of people',
      `${countOf(result.exceptions.length, 'exception', 'exceptions')}, ${countOf(result.attestations.length, 'attestation', 'attestations')}`,
    ),
  ];
}

const namesShown = 8;

function clipped(names: readonly string[]): string {
  const more = names.length - namesShown;
  return more > 0 ? `${names.slice(0, namesShown).join(', ')} and ${more} more` : names.join(', ');
}

/** What nobody should believe was done. */
function notDone({ result }: ReportContext): readonly string[] {
  const { trail, notSwept } = result.coverage;
  const outside =
    result.scope.ofAccounts === null ? 0 : result.scope.ofAccounts - result.scope.accounts.length;
  const left = result.checksNotRun?.length ?? 0;
  return [
    'Nothing was changed: every call to AWS was a read.',
    'No data was looked into: no object of a bucket that holds no trail, no value of a secret, no function’s code. Only the names and kinds of what looks like a credential are kept.',
    'No endpoint was called, no credential was tried, and no address was looked up.',
    'No API lists the sessions that live now: their ends are computed from the events that began them.',
    'Workstations, repositories, build systems, mailboxes, other clouds and other partitions were not looked at.',
    trail === null
      ? 'No CloudTrail events were read.'
      : `No events before ${formatTime(trail.from)} or after ${formatTime(trail.to)} were read; data events only where the trail holds them.`,
    ...(outside > 0
      ? [
          `${countOf(outside, 'account', 'accounts')} of the organization ${outside === 1 ? 'was' : 'were'} not asked for.`,
        ]
      : []),
    ...(notSwept.length > 0
      ? [`${countOf(notSwept.length, 'account', 'accounts')} in scope could not be swept.`]
      : []),
    ...(left > 0
      ? [
          `${countOf(left, 'check', 'checks')} of the catalogue ${left === 1 ? 'was' : 'were'} left out of this run.`,
        ]
      : []),
  ];
}

export function methodView(context: ReportContext): MethodView {
  const { result, limits } = context;
  const { trail, ownTraces } = result.coverage;
  const { collection } = result;
  return {
    facts: [
      fact('Evidence digest (SHA-256 of the manifest)', result.evidenceDigest),
      fact('Evidence as of', formatTime(result.asOf), result.asOf),
      fact(
        'Collected',
        `${formatTime(collection.startedAt)} to ${formatTime(collection.endedAt)}`,
        `${result.tool.name} ${collection.toolVersion}; clock ${collection.clockSkewSeconds === 0 ? 'as AWS’s' : `${collection.clockSkewSeconds} s off AWS’s`}`,
      ),
      fact(
        'Judged with',
        `${result.tool.name} ${result.tool.version}`,
        `result schema ${result.schemaVersion}`,
      ),
      fact('Partition', result.partition),
      fact('Organization', result.organizationId ?? 'none, or not seen'),
      fact('Caller', result.callerArn ?? 'not seen'),
      ...argumentFacts(context),
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
    notDone: notDone(context),
    holes: mapListed(
      [...groupBy(trail?.holes ?? [], ({ from, to, why }) => JSON.stringify([from, to, why])).values()],
      limits.rows,
      (holes) => {
        const [first] = holes;
        return first === undefined
          ? ''
          : `${formatTime(first.from)} to ${formatTime(first.to)}, in ${clipped(holes.map(({ where }) => where))}: ${first.why}`;
      },
    ),
    ownTraces: {
      callerArn: ownTraces.callerArn,
      userAgent: ownTraces.userAgent,
      calls: ownTraces.calls,
      isLeast: isLeast(collection.parts),
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
