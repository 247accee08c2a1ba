import type { AuditResult, ResultCheck } from '../../model/audit-result.ts';
import { typeLabel } from '../text/phrases.ts';
import type { Listed, ReportLimits, SubjectView } from './report-view.ts';

/** What every part of the view needs, looked up once. */
export interface ReportContext {
  readonly result: AuditResult;
  readonly limits: ReportLimits;
  readonly checks: ReadonlyMap<string, ResultCheck>;
  readonly accountNames: ReadonlyMap<string, string>;
}

export function reportContext(result: AuditResult, limits: ReportLimits): ReportContext {
  const accountNames = new Map<string, string>();
  for (const account of result.coverage.byAccount) {
    if (account.name !== null) {
      accountNames.set(account.accountId, account.name);
    }
  }
  return { result, limits, checks: new Map(result.checks.map((check) => [check.id, check])), accountNames };
}

export function listed<T>(values: readonly T[], limit: number): Listed<T> {
  const shown = values.slice(0, limit);
  return { shown, hidden: values.length - shown.length, total: values.length };
}

export function mapListed<T, U>(values: readonly T[], limit: number, map: (value: T) => U): Listed<U> {
  const some = listed(values, limit);
  return { ...some, shown: some.shown.map(map) };
}

export function accountName(context: ReportContext, accountId: string | null): string | null {
  return accountId === null ? null : (context.accountNames.get(accountId) ?? null);
}

export function checkTitle(context: ReportContext, id: string): string {
  return context.checks.get(id)?.title ?? id;
}

/** A folded result names its units; a unit without ids is the organization. */
export function unitText(unit: {
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
}): string {
  if (unit.accountId === undefined) {
    return 'organization';
  }
  return unit.region === undefined ? unit.accountId : `${unit.accountId}/${unit.region}`;
}

interface SubjectLike {
  readonly name: string;
  readonly arn: string;
  readonly uniqueId?: string | null | undefined;
  readonly type: string;
  readonly accountId: string | null;
  readonly region: string | null;
}

export function subjectView(context: ReportContext, subject: SubjectLike): SubjectView {
  return {
    name: subject.name === '' ? subject.arn : subject.name,
    arn: subject.arn,
    uniqueId: subject.uniqueId ?? null,
    type: typeLabel(subject.type),
    accountId: subject.accountId,
    accountName: accountName(context, subject.accountId),
    region: subject.region,
  };
}
