import type { ResultFinding } from '../../model/audit-result.ts';
import { type IncidentCause, incidentCauses } from '../../model/review.ts';
import { countOf } from '../text/phrases.ts';
import type { ReportContext } from './report-context.ts';

/** `supported` and `contradicted` rest on a named fact; everything else is not told. */
export type CauseStanding = 'supported' | 'possible' | 'contradicted' | 'not-told';

export interface CauseChoiceView {
  readonly id: IncidentCause;
  readonly label: string;
  readonly chosen: boolean;
  readonly standing: CauseStanding;
  readonly standingLabel: string;
  readonly hint: string;
}

interface CauseEvidence {
  /** Long-term keys named as leaked. */
  readonly longTerm: readonly string[];
  readonly temporary: readonly string[];
  readonly of: (check: string) => readonly ResultFinding[];
  readonly ownersUse: number;
}

type Hint = readonly [CauseStanding, string];

const standingLabels = {
  supported: 'Evidence speaks for it',
  possible: 'Possible',
  contradicted: 'Evidence speaks against it',
  'not-told': 'Not told by the evidence',
} as const satisfies Record<CauseStanding, string>;

function phishing({ longTerm, temporary }: CauseEvidence): Hint {
  return longTerm.length > 0 && temporary.length === 0
    ? [
        'not-told',
        'What leaked is an access key, which no sign-in page asks for. The mail and sign-in logs of its owners would tell.',
      ]
    : ['not-told', 'The mail and sign-in logs of its owners would tell.'];
}

function environment({ of }: CauseEvidence): Hint {
  const held = of('endpoints/credential-in-environment');
  const same = held.filter(({ signals }) => signals.some(({ code }) => code === 'holds-compromised-key'));
  if (same.length > 0) {
    return [
      'supported',
      `${countOf(same.length, 'function holds', 'functions hold')} the leaked key in its environment, where everybody who may read the configuration reads it.`,
    ];
  }
  return held.length > 0
    ? [
        'possible',
        `${countOf(held.length, 'credential lies', 'credentials lie')} in environments of functions; none is known to be the leaked one.`,
      ]
    : [
        'not-told',
        'Environments of functions were looked at where they were seen; build systems, containers and hosts were not.',
      ];
}

function hardCoded({ of }: CauseEvidence): Hint {
  const seen = of('long-term-keys/quarantined-user');
  return seen.length > 0
    ? [
        'supported',
        'AWS attached its quarantine policy to a user: it does so when it finds the key in public.',
      ]
    : ['not-told', 'Repositories, build logs and images are outside of this evidence.'];
}

function ssrf({ longTerm, temporary }: CauseEvidence): Hint {
  if (longTerm.length > 0 && temporary.length === 0) {
    return [
      'contradicted',
      'A forged request to the metadata service yields temporary credentials (ASIA…); what leaked is a long-term key (AKIA…).',
    ];
  }
  return ['not-told', 'Logs of the workload whose role was used would tell.'];
}

function thirdParty({ of }: CauseEvidence): Hint {
  const trusts = of('leftover-admins/external-trust').length;
  return trusts > 0
    ? [
        'possible',
        `${countOf(trusts, 'role trusts', 'roles trust')} another organization’s account. Whether the key lay with a vendor, only its owners know.`,
      ]
    : ['not-told', 'Whether the key lay with a vendor, only its owners know.'];
}

function insider({ ownersUse }: CauseEvidence): Hint {
  return ownersUse > 0
    ? [
        'not-told',
        'The leaked credential was also used from its owner’s usual source; who sat there, the evidence does not tell.',
      ]
    : [
        'not-told',
        'Addresses are not looked up: whether the first use came from a home, an office or a rented machine is not known.',
      ];
}

const choices = {
  phishing: { label: 'Phishing of a person', hint: phishing },
  environment: { label: 'Read from an environment (build, container, function)', hint: environment },
  'hard-coded': { label: 'Hard-coded or logged, and published', hint: hardCoded },
  malware: {
    label: 'Malware on a workstation or host',
    hint: (): Hint => ['not-told', 'Workstations and hosts are outside of this evidence.'],
  },
  ssrf: { label: 'Forged request of a server (SSRF)', hint: ssrf },
  'third-party': { label: 'Lost by a third party', hint: thirdParty },
  insider: { label: 'Insider', hint: insider },
  other: { label: 'Something else', hint: (): Hint => ['not-told', 'See the words of the review.'] },
  unknown: {
    label: 'Not known yet',
    hint: (): Hint => ['not-told', 'While the cause is not known, the next key can leak in the same way.'],
  },
} as const satisfies Record<
  IncidentCause,
  { readonly label: string; readonly hint: (evidence: CauseEvidence) => Hint }
>;

export function causeLabel(cause: IncidentCause): string {
  return choices[cause].label;
}

/** The causes to choose from, with what the evidence says to each: little, and never more than it holds. */
export function causeChoices(
  { result }: ReportContext,
  accessKeyIds: readonly string[],
  chosen: IncidentCause | null,
): readonly CauseChoiceView[] {
  const evidence: CauseEvidence = {
    longTerm: accessKeyIds.filter((id) => id.startsWith('AKIA')),
    temporary: accessKeyIds.filter((id) => id.startsWith('ASIA')),
    of: (check) => result.findings.filter((finding) => finding.check === check),
    ownersUse: (result.events?.activity ?? []).filter(({ standing }) => standing === 'shared-credential')
      .length,
  };
  return incidentCauses.map((id) => {
    const [standing, hint] = choices[id].hint(evidence);
    return {
      id,
      label: choices[id].label,
      chosen: id === chosen,
      standing,
      standingLabel: standingLabels[standing],
      hint,
    };
  });
}
