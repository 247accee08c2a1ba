import type { Handshake as HandshakeEntry } from '@aws-sdk/client-organizations';
import type { Handshake } from '../../../model/evidence/organizations.ts';
import type { CollectContext } from '../../define-collector.ts';
import { isoTime } from './iso-time.ts';
import type { Reading } from './reading.ts';
import { sortedBy } from './sorted-by.ts';

/** Parties by id; e-mail addresses, and the resources that repeat them with names and notes, are dropped. */
export function handshakesOf(
  context: CollectContext,
  reading: Reading,
  entries: readonly HandshakeEntry[],
): readonly Handshake[] {
  const handshakes = entries.flatMap((entry) => {
    const parties = entry.Parties ?? [];
    const named = parties.filter((party) => party.Type !== 'EMAIL');
    context.redacted('Handshake.Parties', parties.length - named.length);
    context.redacted('Handshake.Resources', (entry.Resources ?? []).length);
    const fields = reading.required(
      { id: entry.Id, arn: entry.Arn, action: entry.Action, state: entry.State },
      entry.Arn ?? entry.Id ?? 'handshake',
    );
    return fields === null
      ? []
      : [
          {
            ...fields,
            parties: sortedBy(
              named.flatMap((party) => {
                const known = reading.required({ id: party.Id, type: party.Type }, fields.arn);
                return known === null ? [] : [known];
              }),
              (party) => `${party.type} ${party.id}`,
            ),
            requestedAt: isoTime(entry.RequestedTimestamp),
            expiresAt: isoTime(entry.ExpirationTimestamp),
          },
        ];
  });
  return sortedBy(handshakes, (handshake) => handshake.id);
}
