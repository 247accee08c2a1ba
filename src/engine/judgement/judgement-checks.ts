import type { ResultCheck } from '../../model/audit-result.ts';

/** What the four have in common: they look at what people wrote, not at AWS. */
const common = {
  kind: 'hardening',
  scope: 'organization',
  requires: [],
  frameworks: { 'NIST CSF 2.0': ['ID.RA-06'] },
  techniques: [],
  references: [],
} satisfies Partial<ResultCheck>;

export const expiredException: ResultCheck = {
  ...common,
  id: 'judgement/expired-exception',
  title: 'No exception has expired',
  failureTitle: 'Exception expired',
  description:
    'Somebody accepted a finding or a gap until a date, and the date has passed. What was accepted counts again; nobody has decided whether it may go on.',
  severity: 'medium',
  population: 'exceptions',
  remediation: {
    actions: [],
    why: 'An accepted risk is a decision with an end, not a way to forget it.',
    cautions: ['Renew it only after whoever approved it has looked again; else remove the entry.'],
  },
};

export const unmatchedException: ResultCheck = {
  ...common,
  id: 'judgement/unmatched-exception',
  title: 'Every exception matches what it was written for',
  failureTitle: 'Exception matches nothing',
  description:
    'An exception names a finding or a gap that this run did not have, although what it is about was evaluated in full. Either the thing is gone, or the entry is misspelt and accepts nothing; left in place it would silently accept the same thing when it comes back.',
  severity: 'low',
  population: 'exceptions',
  remediation: {
    actions: [],
    why: 'An exception that waits for something to come back accepts it before anybody has seen it.',
    cautions: ['Subjects must be written exactly as the report shows them.'],
  },
};

export const expiredAttestation: ResultCheck = {
  ...common,
  id: 'judgement/expired-attestation',
  title: 'No attestation has expired',
  failureTitle: 'Attestation expired',
  description:
    'Somebody stated what no API shows, and the statement has expired. The setting may have been changed since: until a person looks again it is not known.',
  severity: 'medium',
  population: 'attestations',
  remediation: {
    actions: [],
    why: 'A statement about a setting is worth no more than its date.',
    cautions: ['Look at the setting itself before the statement is renewed.'],
  },
};

export const unmatchedAttestation: ResultCheck = {
  ...common,
  id: 'judgement/unmatched-attestation',
  title: 'Every attestation answers a question',
  failureTitle: 'Attestation answers nothing',
  description:
    'An attestation names a control that asked for no statement in this run, although it was evaluated in full. Either the name is misspelt, or the check found something and asks nobody.',
  severity: 'low',
  population: 'attestations',
  remediation: {
    actions: [],
    why: 'A statement that answers nothing gives a comfort that nothing rests on.',
    cautions: [],
  },
};
