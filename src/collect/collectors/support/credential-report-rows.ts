import type { CredentialReportRow } from '../../../model/evidence/iam.ts';
import { isoTime } from './iso-time.ts';
import { parseCsv } from './parse-csv.ts';
import type { Reading } from './reading.ts';

/** How the report names the root user. */
export const rootUser = '<root_account>';

type Fields = ReadonlyMap<string, string>;

/** Columns without which nothing can be said about a user. */
const neededColumns = ['user', 'arn', 'mfa_active', 'access_key_1_active', 'access_key_2_active'] as const;

/** What the report writes where there is nothing, or nothing that it tracks. */
const nothing = new Set(['', 'n/a', 'no_information', 'not_supported']);

/** Null = neither true nor false; the service has written both `true` and `TRUE`. */
const flag = (value: string | undefined): boolean | null => {
  switch (value?.toLowerCase()) {
    case 'true':
      return true;
    case 'false':
      return false;
    default:
      return null;
  }
};

const isNothing = (value: string | undefined): boolean => nothing.has((value ?? '').toLowerCase());

const text = (value: string | undefined): string | null => (isNothing(value) ? null : (value ?? null));

const time = (reading: Reading, fields: Fields, column: string, resource: string): string | null => {
  const value = fields.get(column);
  const at = isNothing(value) ? null : isoTime(value);
  if (at === null && !isNothing(value)) {
    reading.gap('malformed', `${column} is no time`, resource);
  }
  return at;
};

const accessKeys = (
  reading: Reading,
  fields: Fields,
  resource: string,
): CredentialReportRow['accessKeys'] | null => {
  const slots = ([1, 2] as const).flatMap((slot) => {
    const active = flag(fields.get(`access_key_${slot}_active`));
    return active === null
      ? []
      : [
          {
            slot,
            active,
            lastRotatedAt: time(reading, fields, `access_key_${slot}_last_rotated`, resource),
            lastUsedAt: time(reading, fields, `access_key_${slot}_last_used_date`, resource),
            lastUsedRegion: text(fields.get(`access_key_${slot}_last_used_region`)),
            lastUsedService: text(fields.get(`access_key_${slot}_last_used_service`)),
          },
        ];
  });
  return slots.length === 2 ? slots : null;
};

/** However many certificate columns there are. */
const activeCertificates = (fields: Fields): number =>
  [...fields].filter(([column, value]) => /^cert_\d+_active$/u.test(column) && flag(value) === true).length;

const rowOf = (reading: Reading, fields: Fields, line: number): CredentialReportRow | null => {
  const arn = fields.get('arn') ?? '';
  const resource = arn === '' ? `report row ${line}` : arn;
  const required = reading.required(
    {
      user: fields.get('user') || null,
      arn: arn || null,
      mfa_active: flag(fields.get('mfa_active')),
      access_key_active: accessKeys(reading, fields, resource),
    },
    resource,
  );
  if (required === null) {
    return null;
  }
  const password = fields.get('password_enabled');
  const passwordEnabled = flag(password);
  if (passwordEnabled === null && !isNothing(password)) {
    reading.gap('malformed', 'password_enabled is neither true nor false', resource);
  }
  return {
    user: required.user,
    arn: required.arn,
    createdAt: time(reading, fields, 'user_creation_time', resource),
    passwordEnabled,
    passwordLastUsedAt: time(reading, fields, 'password_last_used', resource),
    passwordLastChangedAt: time(reading, fields, 'password_last_changed', resource),
    mfaActive: required.mfa_active,
    accessKeys: required.access_key_active,
    signingCertificatesActive: activeCertificates(fields),
  };
};

/** Rows by header name, extra columns ignored. A row that cannot be read is a gap; null when the header is no report's. */
export function credentialReportRows(reading: Reading, csv: string): readonly CredentialReportRow[] | null {
  const { header, records } = parseCsv(csv);
  const absent = neededColumns.filter((column) => !header.includes(column));
  if (absent.length > 0) {
    reading.gap('malformed', `the report lacks the columns ${absent.join(', ')}`, 'credential report');
    return null;
  }
  const rows = records.flatMap((record) => {
    if (!record.ok) {
      reading.gap('malformed', record.problem, `report row ${record.line}`);
      return [];
    }
    const row = rowOf(reading, record.fields, record.line);
    return row === null ? [] : [row];
  });
  if (!rows.some((row) => row.user === rootUser)) {
    // Every account has a root user: without its row the report is cut off or no AWS report.
    reading.gap('malformed', 'the report has no readable row of the root user', rootUser);
  }
  return rows;
}
