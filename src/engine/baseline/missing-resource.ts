import type { ResultCheck } from '../../model/audit-result.ts';

/** What the baseline expects and nothing shows: missing matters as much as unknown. */
export const missingResource: ResultCheck = {
  id: 'baseline/missing-resource',
  title: 'Everything that was reviewed is there, or a check of its own reports it gone',
  failureTitle: 'Reviewed thing of the baseline is gone',
  description:
    'An intruder does not only add: what was in the way is deleted, renamed or replaced. A deleted guardrail, trail, role or device leaves nothing behind that a read call shows; only the baseline knows of it. A thing is called gone only where its list was seen in full. A credential that ended takes access away: it is told once, so that the baseline can be kept true, and asks for nothing.',
  kind: 'tampering',
  severity: 'high',
  scope: 'organization',
  population: 'reviewed entries of the baseline',
  requires: [],
  remediation: {
    // What puts a thing back depends on its kind, and kinds that have a check of their own are reported by it.
    actions: ['account.contact-owner'],
    why: 'What was reviewed works or guards again.',
    cautions: [
      'Ask the owner of the entry first: it may have been removed in the ordinary course of work.',
      'If it was, take its entry out of the baseline.',
    ],
  },
  frameworks: {
    'NIST 800-53 r5': ['CM-3', 'CM-6', 'SI-7'],
    'NIST CSF 2.0': ['DE.CM-09', 'RC.RP-05'],
  },
  techniques: ['T1531', 'T1685'],
  references: [
    'https://docs.aws.amazon.com/security-ir/latest/userguide/recovery.html',
    'https://csrc.nist.gov/pubs/sp/800/61/r3/final',
  ],
};
