import type { TrailRecord } from './start.js';

export declare const trailFiles: (
  records: readonly TrailRecord[],
  options?: { readonly organizationId?: string },
) => ReadonlyMap<string, Uint8Array>;

export declare const writeTrailFiles: (
  directory: string,
  records: readonly TrailRecord[],
  options?: { readonly organizationId?: string },
) => Promise<{ readonly files: number; readonly bytes: number }>;
