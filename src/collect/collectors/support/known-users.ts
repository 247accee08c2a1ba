import type { CredentialReportRow } from '../../../model/evidence/iam.ts';
import type { Gap } from '../../../model/gap.ts';
import { gapsOf } from '../../../model/observation.ts';
import type { CollectContext } from '../../define-collector.ts';
import { rootUser } from './credential-report-rows.ts';
import type { Reading } from './reading.ts';
import { sortedBy } from './sorted-by.ts';

export interface KnownUser {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: string | null;
}

/** What a collector must depend on that asks something for each user. */
export const knownUsersDependencies = ['iam.authorization-details', 'iam.credential-report'] as const;

/** How much older than the authorization details a report may be before its "no" is asked again. */
const freshFor = 15 * 60 * 1000;

/** A document that could not be parsed hides no user; everything else may. */
const mayHideUsers = (gap: Gap): boolean =>
  gap.reason !== 'malformed' || gap.resource === undefined || /(?:^|:)user(?:\/|$)/u.test(gap.resource);

/**
 * The account's users: those of the authorization details, and where these are incomplete those of the credential
 * report as well. The report can be hours old, so the gap stays.
 */
export function knownUsers(context: CollectContext, reading: Reading): readonly KnownUser[] {
  const details = context.dependency('iam.authorization-details');
  const gaps = gapsOf(details).filter(mayHideUsers);
  const users = new Map<string, KnownUser>();
  if (details.state !== 'missing') {
    for (const { name, arn, createdAt } of details.value.users) {
      users.set(name, { name, arn, createdAt });
    }
  }
  reading.restsOn(details.state === 'missing' ? null : details.asOf, gaps);
  const report = context.dependency('iam.credential-report');
  if (gaps.length > 0 && report.state !== 'missing') {
    reading.restsOn(report.value.generatedAt);
    for (const { user, arn, createdAt } of report.value.rows) {
      if (user !== rootUser && !users.has(user)) {
        users.set(user, { name: user, arn, createdAt });
      }
    }
  }
  return sortedBy(users.values(), (user) => user.arn);
}

/**
 * The report's row on a user, if the report is fresh and the user older than it: only then may the row's "no" stand
 * for an answer. Whoever relies on it must rest on the report's time.
 */
export function freshReportRow(
  context: CollectContext,
  user: KnownUser,
): { readonly row: CredentialReportRow; readonly generatedAt: string } | null {
  const details = context.dependency('iam.authorization-details');
  const report = context.dependency('iam.credential-report');
  if (details.state === 'missing' || report.state === 'missing') {
    return null;
  }
  const { generatedAt, rows } = report.value;
  const fresh = Date.parse(generatedAt) >= Date.parse(details.asOf) - freshFor;
  if (!fresh || user.createdAt === null || user.createdAt >= generatedAt) {
    return null;
  }
  const row = rows.find((candidate) => candidate.arn === user.arn);
  return row === undefined ? null : { row, generatedAt };
}
