import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Accounts and long-term keys of the copies: a large organization, not one account per copy. */
const accounts = 20;
const recordsPerLargeFile = 50_000;
const firstDay = Date.UTC(2023, 6, 10);
const day = 86_400_000;
const fast = { level: 6 };

function accountOf(copy) {
  return String(100_000_000_000 + (copy % accounts));
}

/** The same events a day later, with ids, sessions and account of their own. */
function copyOf(text, copy) {
  const tag = copy.toString(16).padStart(4, '0');
  const date = new Date(firstDay + copy * day).toISOString().slice(0, 10);
  return text
    .replaceAll('2023-07-10', date)
    .replaceAll('123837392027', accountOf(copy))
    .replaceAll(/"(eventID|requestID|sharedEventID)":"[0-9a-f]{4}/g, `"$1":"${tag}`)
    .replaceAll(/ASIA[A-Z0-9]{4}([A-Z0-9]{12})/g, `ASIA${tag.toUpperCase()}$1`)
    .replaceAll(/AKIA[A-Z0-9]{3}([A-Z0-9]{13})/g, `AKIA${String(copy % accounts).padStart(3, '0')}$1`);
}

function originals(data) {
  const folder = join(data, 'invictus', 'CloudTrail');
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const { Records } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      return { name, records: Records.map((record) => JSON.stringify(record)) };
    });
}

/**
 * Writes the log twice: many small files as S3 delivers them, and few of 50,000 records in one array.
 * @param withLarge false = the small files alone
 */
export function writeCorpus(data, folder, wanted, withLarge = true) {
  const files = originals(data);
  const perCopy = files.reduce((sum, { records }) => sum + records.length, 0);
  const copies = Math.ceil(wanted / perCopy);
  const small = join(folder, 'small');
  const large = join(folder, 'large');
  mkdirSync(small, { recursive: true });
  mkdirSync(large, { recursive: true });
  let pending = [];
  let written = 0;
  const flush = () => {
    if (pending.length > 0) {
      writeFileSync(join(large, `events-${String(written).padStart(4, '0')}.json.gz`), wrap(pending));
      written += 1;
      pending = [];
    }
  };
  let bytes = 0;
  for (let copy = 0; copy < copies; copy += 1) {
    const date = new Date(firstDay + copy * day).toISOString().slice(0, 10).replaceAll('-', '/');
    const place = join(small, 'AWSLogs', accountOf(copy), 'CloudTrail', 'us-east-1', date);
    mkdirSync(place, { recursive: true });
    for (const { name, records } of files) {
      const mine = copyOf(records.join('\n'), copy).split('\n');
      bytes += mine.reduce((sum, text) => sum + text.length, 0);
      const stamped = name.replace(/^\d+/, accountOf(copy)).replace('20230710', date.replaceAll('/', ''));
      writeFileSync(join(place, `${stamped}.gz`), wrap(mine));
      for (const record of withLarge ? mine : []) {
        pending.push(record);
        if (pending.length === recordsPerLargeFile) {
          flush();
        }
      }
    }
  }
  flush();
  return { small, large, events: copies * perCopy, copies, bytes };
}

function wrap(records) {
  return gzipSync(`{"Records":[${records.join(',')}]}`, fast);
}
