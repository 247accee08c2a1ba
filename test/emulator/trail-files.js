import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const FIVE_MINUTES = 300_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The sixteen characters that make the name of a delivered file unique; here they repeat. */
const uniquePart = (text) =>
  [...createHash('sha256').update(text).digest().subarray(0, 16)]
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('');

/** Where CloudTrail delivers a record: by account, region and five minutes. */
const deliveryOf = (record, organizationId) => {
  const { recipientAccountId: account, awsRegion: region } = record;
  const delivered = (Math.floor(Date.parse(record.eventTime) / FIVE_MINUTES) + 1) * FIVE_MINUTES;
  const iso = new Date(delivered).toISOString();
  const stamp = `${iso.slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
  const name = `${account}_CloudTrail_${region}_${stamp}`;
  const folder = ['AWSLogs', ...(organizationId === undefined ? [] : [organizationId]), account];
  const day = iso.slice(0, 10).split('-');
  return join(...folder, 'CloudTrail', region, ...day, `${name}_${uniquePart(name)}.json.gz`);
};

/** The delivery files of records: path to bytes, the same bytes for the same records. */
export const trailFiles = (records, { organizationId } = {}) => {
  const files = new Map();
  for (const record of records) {
    const path = deliveryOf(record, organizationId);
    files.set(path, [...(files.get(path) ?? []), record]);
  }
  return new Map(
    [...files]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([path, held]) => {
        const packed = gzipSync(JSON.stringify({ Records: held }), { level: 9 });
        // The tenth byte of a gzip header names the operating system.
        packed[9] = 255;
        return [path, packed];
      }),
  );
};

/** Writes records as CloudTrail delivers them; resolves to the number of files and their size in bytes. */
export const writeTrailFiles = async (directory, records, options = {}) => {
  const files = trailFiles(records, options);
  for (const [path, bytes] of files) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  return { files: files.size, bytes: [...files.values()].reduce((sum, { length }) => sum + length, 0) };
};
