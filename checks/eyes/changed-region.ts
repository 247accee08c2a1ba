import { canonicalJson } from '../../src/model/canonical-json.ts';
import { type BaselineView, defineCheck } from '../../src/model/check.ts';
import type { AccountRegion } from '../../src/model/evidence/account.ts';
import { sha256 } from '../../src/model/sha256.ts';
import { regionSubject } from '../../src/model/subject.ts';

const isOn = (status: string) => status === 'ENABLED' || status === 'ENABLED_BY_DEFAULT';

/** The baseline keeps a digest of the status; null where it does not hold the region. */
function wasOn(baseline: BaselineView | null, regionArn: string): boolean | null {
  const digest = baseline?.find('region', regionArn)?.contentSha256 ?? null;
  return digest === null
    ? null
    : ['ENABLED', 'ENABLED_BY_DEFAULT'].some((status) => sha256(canonicalJson(status)) === digest);
}

function messageFor({ status }: AccountRegion, before: boolean | null) {
  if (status === 'ENABLING' || status === 'DISABLING') {
    return status === 'ENABLING' ? 'enabling' : 'disabling';
  }
  if (before === null) {
    return status === 'ENABLED' ? 'optedIn' : null;
  }
  if (before === isOn(status)) {
    return null;
  }
  return before ? 'disabled' : 'enabled';
}

export default defineCheck({
  meta: {
    id: 'eyes/changed-region',
    title: 'No region was switched on or off',
    failureTitle: 'Region was switched on or off',
    description:
      'An opt-in region that is switched on has no detector, no recorder and nobody who looks; intruders work there unseen. Switching one off hides what runs in it and locks its owner out, but deletes nothing. AWS gives no date for either, so without a baseline opt-in regions are only listed.',
    kind: 'tampering',
    severity: 'high',
    raise: { 'created-by-incident': 'critical' },
    scope: 'account',
    requires: ['account.regions'],
    tolerates: ['account.regions'],
    population: 'regions',
    messages: {
      enabled: 'Region {region} is {status}; in the baseline it was off.',
      disabled: 'Region {region} is {status}; in the baseline it was on.',
      enabling: { text: 'Region {region} is being switched on right now.', severity: 'medium' },
      disabling: { text: 'Region {region} is being switched off right now.', severity: 'medium' },
      optedIn: {
        text: 'Opt-in region {region} is switched on; when that happened is not known to AWS’s read calls.',
        severity: 'info',
      },
    },
    remediation: {
      actions: ['account.deny-region'],
      why: 'A policy that denies unused regions makes switching one on pointless.',
      cautions: [
        'Sweep the region and remove what is in it before it is switched off: that deletes nothing.',
      ],
    },
    techniques: ['T1535'],
    frameworks: { 'NIST 800-53 r5': ['CM-3', 'CM-7'], 'NIST CSF 2.0': ['PR.PS-01'] },
    references: ['https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['account.regions'].length,
  *evaluate(evidence, { baseline, unit }) {
    for (const [index, region] of evidence['account.regions'].entries()) {
      const subject = regionSubject(unit, region.name);
      const messageId = messageFor(region, wasOn(baseline, subject.arn));
      if (messageId === null) {
        continue;
      }
      yield {
        messageId,
        subject,
        data: { region: region.name, status: region.status },
        evidence: [{ key: 'account.regions', pointer: `/${index}` }],
      };
    }
  },
});
