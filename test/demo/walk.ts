import type { Operation } from '../../src/aws/operation.ts';
import { loadCollectors } from '../../src/collect/load-collectors.ts';
import type { FaultKind } from '../../src/demo/fault-answers.ts';
import { readRecording } from '../../src/demo/recording.ts';
import type { RequestKey } from '../../src/demo/request-key.ts';
import { derivations } from '../../src/derive/index.ts';
import { loadChecks } from '../../src/engine/load-checks.ts';
import type { AuditResult } from '../../src/model/audit-result.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import { type EvidenceKey, evidenceScopes, isCollectedKey } from '../../src/model/evidence-catalog.ts';
import { demoFile } from '../../src/pipeline/demo.ts';
import { verdictOf } from '../../src/pipeline/exit-code.ts';
import { type Swept, sweepRecording } from './in-process.ts';
import { operationName, wireMatcher } from './wire-operations.ts';

type Row = AuditResult['results'][number];

export interface Walk {
  /** Every operation that a collector declares, sorted. */
  readonly operations: readonly Operation[];
  readonly undisturbed: Swept;
  readonly sweep: (fault: (key: RequestKey) => FaultKind | null) => Promise<Swept>;
  /** One sweep per operation, refused in all accounts; what reads better than it was seen, one line each. */
  readonly trouble: (kind: FaultKind) => Promise<readonly string[]>;
}

/** Check and unit → its row. */
function rowsOf(result: AuditResult): ReadonlyMap<string, Row> {
  return new Map(
    result.results.flatMap((row) =>
      row.units.map(
        ({ accountId = '', region = '' }) => [`${row.check} ${accountId} ${region}`, row] as const,
      ),
    ),
  );
}

/** Stands in for the authorization details when these are incomplete, and only then tells who the users are. */
const standIn: EvidenceKey = 'iam.credential-report';

/** Seen less, said honestly. A unit whose region or account could not even be listed has no row. */
function isHonest(row: Row | undefined): boolean {
  return (
    row === undefined ||
    row.outcome === 'unevaluated' ||
    (row.outcome === 'fail' && (row.gaps ?? []).length > 0)
  );
}

/** A worse view cannot make anything better, nor irrelevant. What was irrelevant may be judged. */
function whitewashed(before: ReadonlyMap<string, Row>, after: ReadonlyMap<string, Row>): readonly string[] {
  return [...after].flatMap(([name, { outcome }]) => {
    const was = before.get(name)?.outcome;
    const better = outcome === 'not-applicable' || (outcome === 'pass' && was !== 'not-applicable');
    return outcome !== was && better ? [`${name} was ${was ?? 'not there'} and is ${outcome}`] : [];
  });
}

export async function prepareWalk(): Promise<Walk> {
  const recording = await readRecording(demoFile('recording'));
  const checks: readonly AnyCheck[] = await loadChecks();
  const collectors = await loadCollectors();
  const { callerAccountId } = recording.head;
  const sweep: Walk['sweep'] = (fault) => sweepRecording(recording, fault);
  const undisturbed = await sweep(() => null);
  const before = rowsOf(undisturbed.result);

  /** Collected keys on which a fact rests; what a derivation may ignore is left out. */
  const sourcesOf = (key: EvidenceKey): readonly EvidenceKey[] => {
    if (isCollectedKey(key)) {
      const dependsOn = collectors.find((collector) => collector.key === key)?.dependsOn ?? [];
      return [key, ...dependsOn.filter((one) => one !== standIn).flatMap(sourcesOf)];
    }
    const derivation = derivations.find((one) => one.key === key);
    const ignorable = new Set<EvidenceKey>(derivation?.ignorable ?? []);
    return [...(derivation?.inputs ?? []), ...(derivation?.optional ?? [])]
      .filter((input) => !ignorable.has(input))
      .flatMap(sourcesOf);
  };

  /** True where the operation was asked for the fact as this unit sees it. */
  const wasAsked = (operation: string, key: EvidenceKey, accountId: string, region: string): boolean => {
    const scope = evidenceScopes[key];
    return undisturbed.ledger.some(
      (call) =>
        call.operation === operation &&
        call.accountId === (scope === 'organization' ? callerAccountId : accountId) &&
        (scope !== 'region' || call.region === region),
    );
  };

  /** Rows of the undisturbed run that rest on the operation. */
  const restingOn = (operation: string): readonly string[] => {
    const declaring = new Set<EvidenceKey>(
      collectors
        .filter((collector) => collector.operations.some((one) => operationName(one) === operation))
        .map(({ key }) => key),
    );
    return checks.flatMap(({ meta }) => {
      const keys = meta.requires.flatMap(sourcesOf).filter((key) => declaring.has(key));
      return [...before].flatMap(([name, row]) => {
        const [, accountId = '', region = ''] = name.split(' ');
        const concerned =
          row.check === meta.id &&
          row.outcome !== 'not-applicable' &&
          keys.some((key) => wasAsked(operation, key, accountId, region));
        return concerned ? [name] : [];
      });
    });
  };

  const troubleWith = async (operation: Operation, kind: FaultKind): Promise<readonly string[]> => {
    const name = operationName(operation);
    const matches = await wireMatcher(operation);
    // Who is calling is asked before anything else: refused there, no run starts at all.
    const refused = (key: RequestKey): boolean =>
      matches(key) && !(operation.service === 'sts' && key.accountId === callerAccountId);
    const { result, stopped } = await sweep((key) => (refused(key) ? kind : null));
    const after = rowsOf(result);
    const { exitCode } = verdictOf(result, 'high', false);
    const lines = [
      ...(stopped === null ? [] : [`the run stopped: ${stopped.message}`]),
      ...(exitCode === 2 ? [] : [`exit code ${exitCode}`]),
      ...restingOn(name)
        .filter((row) => !isHonest(after.get(row)))
        .map((row) => `${row} is ${after.get(row)?.outcome} without a gap`),
      ...whitewashed(before, after),
    ];
    return lines.map((line) => `${name} (${kind}): ${line}`);
  };

  const named = new Map(
    collectors.flatMap((collector) => collector.operations).map((one) => [operationName(one), one]),
  );
  const operations = [...named].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
  return {
    operations,
    undisturbed,
    sweep,
    async trouble(kind) {
      const found: string[] = [];
      for (const operation of operations) {
        found.push(...(await troubleWith(operation, kind)));
      }
      return found;
    },
  };
}
