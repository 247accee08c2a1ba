import type { AuditResult } from '../../src/model/audit-result.ts';
import type { Verification } from '../../src/model/verification.ts';
import { incidentResult } from './incident-result.ts';

const subject = {
  arn: 'arn:aws:iam::111122223333:user/svc-backup',
  type: 'iam-user',
  accountId: '111122223333',
  region: null,
  name: 'svc-backup',
};

const states = ['gone', 'still-there', 'changed', 'reappeared', 'cannot-tell'] as const;

const verification: Verification = {
  against: { evidenceDigest: 'e'.repeat(64), asOf: '2026-11-03T14:00:00.000Z', findings: 5 },
  asOf: '2026-11-03T16:00:00.000Z',
  quick: false,
  actions: [],
  findings: states.map((state) => ({
    fingerprint: state,
    check: 'leftover-admins/admin-user',
    severity: 'critical',
    title: 'IAM user is an administrator',
    decision: 'eradicate',
    subject,
    state,
    why: 'read again',
    step: { id: 'delete-user', action: 'iam-user.delete', outcome: 'done', at: '2026-11-03T15:00:00Z' },
    now: null,
  })),
  newSince: [
    {
      fingerprint: null,
      subject,
      what: 'User svc-backup has a new access key.',
      at: '2026-11-03T15:30:00.000Z',
      afterCleanUp: true,
      severity: 'critical',
    },
  ],
  lookAgain: [{ at: '2026-11-03T17:00:00.000Z', why: 'a session may still be alive' }],
  closure: {
    allClear: false,
    criteria: [
      { id: 'found-is-gone', title: 'Everything is gone', met: true, facts: ['one fact'] },
      { id: 'nothing-new', title: 'Nothing new', met: false, facts: ['another fact'] },
    ],
  },
};

/** The incident's result after a clean-up that did not remove everything. */
export function verifiedResult(): AuditResult {
  return incidentResult({ verification });
}
