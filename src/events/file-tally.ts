import type { EventCounts } from '../model/event-source.ts';
import { type DeliveredFile, deliveredFile, isOrganizationDelivery } from './delivery-name.ts';
import type { ScannedFile } from './scan-batch.ts';

/** The first and the last delivery of one account and region: coverage needs no more of them. */
interface Span {
  readonly first: DeliveredFile;
  readonly last: DeliveredFile;
}

/**
 * The files of a log, as far as they must be remembered: those with trouble one by one, the others added up. A log has
 * hundreds of thousands.
 */
export class FileTally {
  /** Something in them could not be used. */
  readonly troubled: ScannedFile[] = [];
  /** Of those whose content was hashed; digests are not held against digests. */
  readonly hashed: { readonly name: string; readonly sha256: string }[] = [];
  /** One was delivered for a whole organization. */
  organization = false;
  private readonly spans = new Map<string, Span>();
  private files = 0;
  private bytes = 0;
  private records = 0;
  private outside = 0;
  private bad = 0;

  add(file: ScannedFile): void {
    const { name, sha256 } = file;
    this.files += 1;
    this.bytes += file.packedBytes;
    this.records += file.records;
    this.outside += file.outside;
    this.bad += file.badCount;
    this.organization ||= isOrganizationDelivery(name);
    if (sha256 !== null && !file.digest) {
      this.hashed.push({ name, sha256 });
    }
    if (file.problems.length > 0 || file.badCount > 0) {
      this.troubled.push(file);
    }
    const delivered = file.problems.length > 0 ? null : deliveredFile(name);
    // A digest says nothing by its name.
    if (delivered !== null && !delivered.digest) {
      this.deliver(delivered);
    }
  }

  /** Of those that were read whole: the first and the last of each account and region. */
  get delivered(): readonly DeliveredFile[] {
    return [...this.spans.values()].flatMap(({ first, last }) => [first, last]);
  }

  /** @param more what else could not be used, or was met twice */
  counts(more: Pick<EventCounts, 'duplicates' | 'unparsable'>): EventCounts {
    return {
      files: this.files,
      bytes: this.bytes,
      records: this.records,
      outsideWindow: this.outside,
      duplicates: more.duplicates,
      unparsable: this.bad + more.unparsable,
    };
  }

  private deliver(file: DeliveredFile): void {
    const key = `${file.accountId} ${file.region}`;
    const known = this.spans.get(key);
    if (
      known === undefined ||
      file.deliveredAt < known.first.deliveredAt ||
      file.deliveredAt > known.last.deliveredAt
    ) {
      this.spans.set(key, {
        first: known !== undefined && known.first.deliveredAt <= file.deliveredAt ? known.first : file,
        last: known !== undefined && known.last.deliveredAt >= file.deliveredAt ? known.last : file,
      });
    }
  }
}
