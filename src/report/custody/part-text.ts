import type { CollectionPart } from '../../model/collection-part.ts';
import { countOf } from '../text/phrases.ts';

/** One part of a collection. One that did not end is never told as if its counts were whole. */
export function partText(part: CollectionPart): string {
  const { startedAt, endedAt, ended, callerArn, toolVersion, calls, digest } = part;
  return [
    `${startedAt} to ${endedAt}${ended ? '' : ', when it was last heard of: it did not end'}`,
    callerArn,
    `afterleak ${toolVersion}`,
    `${ended ? '' : 'at least '}${countOf(calls, 'call', 'calls')}`,
    ...(digest === null ? [] : [`manifest SHA-256 ${digest}`]),
  ].join('; ');
}
