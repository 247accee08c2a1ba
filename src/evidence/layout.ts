/** Names inside an evidence folder. */
export const manifestFile = 'manifest.json';
export const organizationShard = 'organization.ndjson.gz';

/** `pass` numbers the reads of one account: 0 for the sweep, 1 for what the closing pass adds. */
export function accountShard(accountId: string, pass: number): string {
  return pass === 0 ? `accounts/${accountId}.ndjson.gz` : `accounts/${accountId}.closing-${pass}.ndjson.gz`;
}

const shardOfAccount = /^accounts\/(\d{12})(?:\.closing-\d+)?\.ndjson\.gz$/;

/** The account a shard belongs to; null for the organization's shard and for foreign names. */
export function accountOfShard(path: string): string | null {
  return shardOfAccount.exec(path)?.[1] ?? null;
}
