import type { ResultGap } from '../../model/audit-result.ts';
import type { Attribution, Decision } from '../../model/finding.ts';
import type { Severity } from '../../model/severity.ts';

export const severityLabels = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
} as const satisfies Record<Severity, string>;

/** The NIST SP 800-61 phase is the report's spine. */
export const decisionTexts = {
  eradicate: {
    title: 'Eradicate',
    phase: 'Eradication',
    lead: 'Proved to be made by the intruder. Preserve what is evidence, then remove it: revoking the leaked key does not.',
    step: 'Remove what the intruder made',
    firstAction: null,
  },
  restore: {
    title: 'Restore',
    phase: 'Recovery',
    lead: 'Controls and legitimate things that were altered. Put them back, and look again at the time they were blind.',
    step: 'Put back what was altered',
    firstAction: null,
  },
  'contain-and-rotate': {
    title: 'Contain and rotate',
    phase: 'Containment',
    lead: 'Legitimate principals and credentials that the intruder used or can use. Cut the access, then issue new credentials.',
    step: 'Cut live access, then rotate',
    firstAction: null,
  },
  explain: {
    title: 'Explain',
    phase: 'Analysis',
    lead: 'Nobody has explained these yet. Freeze them reversibly until an owner answers; do not delete on suspicion.',
    step: 'Find an owner for what is unexplained; freeze it until then',
    firstAction: 'Ask its owner, and freeze it reversibly until the answer. Only if nobody can explain it:',
  },
  harden: {
    title: 'Harden',
    phase: 'Post-incident',
    lead: 'Standing weaknesses that made the incident possible or would make the next one easy, grouped by what is weak.',
    step: 'Close the standing weaknesses',
    firstAction: null,
  },
} as const satisfies Record<
  Decision,
  {
    readonly title: string;
    readonly phase: string;
    readonly lead: string;
    readonly step: string;
    /** Stands before the actions: unexplained things are not deleted on suspicion. */
    readonly firstAction: string | null;
  }
>;

export const attributionTexts = {
  attributed: { label: 'Attributed', explanation: 'done by an incident session' },
  'shared-credential': {
    label: 'Shared credential',
    explanation: 'done with the leaked credential, but from its owner’s usual source',
  },
  'in-window': {
    label: 'In the window',
    explanation: 'made or changed in the incident window, actor unknown',
  },
  explained: { label: 'Explained', explanation: 'actor known and clean, or reviewed in the baseline' },
  unexplained: { label: 'Unexplained', explanation: 'not in the reviewed baseline' },
  'predates-window': { label: 'Before the window', explanation: 'older than the incident window' },
  unknown: { label: 'Unknown', explanation: 'nothing tells who made it or when' },
} as const satisfies Record<Attribution, { readonly label: string; readonly explanation: string }>;

export const historyLabels = {
  new: 'New since the last run',
  persisting: 'Still there',
  resolved: 'Resolved',
  reappeared: 'Back again',
} as const;

export const survivalLabels = {
  yes: 'Survives revoking the key',
  no: 'Ends with the key',
  until: 'Lives on for a time',
  'unbounded-until-condition': 'Lives on until a condition is met',
} as const;

export const gapReasonLabels = {
  'access-denied': 'Access denied',
  throttled: 'Throttled',
  unreachable: 'No answer',
  truncated: 'Cut off midway',
  malformed: 'Unreadable answer',
  'not-collected': 'Not collected',
  aborted: 'Stopped early',
  unsupported: 'No API shows it',
  error: 'Error',
} as const satisfies Record<ResultGap['reason'], string>;

const remedies = {
  'access-denied': 'Find out which policy refuses the call and allow it for the sweep’s role.',
  throttled: 'Run again with a lower rate share, or when less else is running.',
  unreachable: 'Check the region and the network path, then run again.',
  truncated: 'Run again: the list broke off before its end.',
  malformed: 'Look at the raw answer in the evidence; it could not be read.',
  'not-collected': 'Include it in the sweep: it was not asked for.',
  aborted: 'Resume the sweep: it was stopped before this was read.',
  unsupported: 'No call shows this. Look by hand and attest to what you saw.',
  error: 'See the detail; run again, and report it if it stays.',
} as const satisfies Record<ResultGap['reason'], string>;

export function gapRemedy(gap: ResultGap): string {
  if (gap.reason === 'access-denied' && gap.permission !== undefined) {
    const where = gap.deniedBy === undefined ? '' : `; a ${deniedByLabel(gap.deniedBy)} refuses it now`;
    return `Allow ${gap.permission} for the sweep’s role${where}.`;
  }
  return gap.operation === 'cloudtrail:events' && gap.reason === 'not-collected'
    ? 'Read another trail, or the event history, over the holes; or accept them in an exception.'
    : remedies[gap.reason];
}

export function deniedByLabel(deniedBy: string): string {
  return deniedBy.replaceAll('-', ' ');
}
