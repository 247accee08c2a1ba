/** The header. New columns are added at the end. */
export const csvColumns = [
  'decision',
  'severity',
  'attribution',
  'title',
  'message',
  'subject_name',
  'subject_type',
  'subject_arn',
  'account_id',
  'account_name',
  'region',
  'check',
  'kind',
  'first_event_time',
  'first_event_name',
  'actor',
  'access_key_id',
  'source_ip',
  'survives_key_revocation',
  'survives_until',
  'plan_steps',
  'history',
  'exception',
  'fingerprint',
] as const;

export type CsvColumn = (typeof csvColumns)[number];
export type CsvRow = Readonly<Partial<Record<CsvColumn, string>>>;
