/** What the name of a delivered file tells. */
export interface DeliveredFile {
  readonly accountId: string;
  readonly region: string;
  /** Milliseconds; for a digest the end of its hour. */
  readonly deliveredAt: number;
  readonly digest: boolean;
}

const logName = /(\d{12})_CloudTrail_([a-z0-9-]+)_(\d{8}T\d{4}Z)_[^_/\\]+\.json(?:\.gz|\.zst)?$/;
const digestName = /(\d{12})_CloudTrail-Digest_([a-z0-9-]+)_.+_(\d{8}T\d{6}Z)\.json(?:\.gz|\.zst)?$/;

function timeOf(stamp: string): number {
  const [, year = '', month = '', day = '', hour = '', minute = ''] =
    /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})/.exec(stamp) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
}

/** `111122223333_CloudTrail_us-east-1_20230710T1145Z_7xgocspSowgK0Gto.json.gz`; null for every other name. */
export function deliveredFile(path: string): DeliveredFile | null {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const log = logName.exec(name);
  const [, accountId, region, stamp] = log ?? digestName.exec(name) ?? [];
  if (accountId === undefined || region === undefined || stamp === undefined) {
    return null;
  }
  return { accountId, region, deliveredAt: timeOf(stamp), digest: log === null };
}

/** Delivered for a whole organization: `AWSLogs/o-abcde12345/…`. */
export function isOrganizationDelivery(path: string): boolean {
  return /(?:^|[/\\])AWSLogs[/\\]o-[a-z0-9]{10,32}[/\\]/.test(path);
}
