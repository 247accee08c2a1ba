import type { AuditInput } from '../engine/audit-input.ts';
import { readBaseline } from '../input/baseline.ts';
import { readAttestations, readExceptions } from '../input/exceptions.ts';
import { incidentFromOptions, readIncident } from '../input/incident.ts';
import { readOwners } from '../input/owners.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { Incident } from '../model/incident.ts';

/** Everything people wrote, read and validated before anything is asked of AWS. */
export type PersonInputs = Pick<
  AuditInput,
  'incident' | 'baseline' | 'exceptions' | 'attestations' | 'ownership'
>;

/** What one pipeline hands to another, beside or instead of files. */
export interface GivenInputs extends Partial<PersonInputs> {
  /** Events are read to the end of what there is, not of the incident's window: whether it was put back lies behind it. */
  readonly eventsToTheEnd?: boolean;
}

async function incidentOf(options: RunOptions): Promise<Incident | null> {
  const window =
    options.since !== undefined && options.until !== undefined
      ? { from: options.since, to: options.until }
      : null;
  if (options.incident !== undefined) {
    const incident = await readIncident(options.incident);
    return window === null ? incident : { ...incident, window };
  }
  return options.accessKey.length > 0 || window !== null
    ? incidentFromOptions(options.accessKey, window)
    : null;
}

/** @throws InputError naming file, line and field. */
export async function loadInputs(options: RunOptions): Promise<PersonInputs> {
  return {
    incident: await incidentOf(options),
    baseline: options.baseline === undefined ? null : await readBaseline(options.baseline),
    exceptions: options.exceptions === undefined ? [] : await readExceptions(options.exceptions),
    attestations: options.attestations === undefined ? [] : await readAttestations(options.attestations),
    ownership: await readOwners(options.owners),
  };
}
