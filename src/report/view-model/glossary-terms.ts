export interface GlossaryTerm {
  readonly term: string;
  readonly meaning: string;
  /** How it stands in the report's texts; null = the page itself always says it. */
  readonly used: RegExp | null;
}

/** The report's own terms, in our words; AWS's where the report leans on them. */
export const glossaryTerms = [
  {
    term: 'Attestation',
    meaning: 'What a person states about something that no API shows. It expires.',
    used: null,
  },
  {
    term: 'Attributed',
    meaning: 'An event proves that a session of the incident did it.',
    used: /\battributed\b/i,
  },
  {
    term: 'Baseline',
    meaning: 'Things that were known and reviewed as good before. What differs from it is not yet hostile.',
    used: /\bbaseline\b/i,
  },
  { term: 'Check', meaning: 'One question that is put to the evidence, in one place.', used: null },
  {
    term: 'Contain and rotate',
    meaning:
      'For what is ours and was used by the intruder: its access is cut at once, then it gets new credentials.',
    used: null,
  },
  {
    term: 'Corrective action',
    meaning: 'Work with an owner and a date that keeps the incident from happening again.',
    used: null,
  },
  {
    term: 'Delegated administrator',
    meaning: 'A member account that manages a service for the whole organization.',
    used: /\bdelegated administrator|\bdelegation\b/i,
  },
  {
    term: 'Dwell',
    meaning: 'The time from the first event of the incident’s credentials to the declared containment.',
    used: /\bdwell\b/i,
  },
  {
    term: 'Eradicate',
    meaning: 'Remove for good. Only what an event proves to be of the intruder’s making.',
    used: null,
  },
  {
    term: 'Evidence',
    meaning:
      'What AWS answered, stored before anybody judged it, with a digest. The same evidence gives the same report.',
    used: null,
  },
  {
    term: 'Exception',
    meaning:
      'A risk or gap that somebody accepted, with a reason and an end. The finding stays in the report.',
    used: null,
  },
  { term: 'Explain', meaning: 'Nobody has said whose it is: frozen until an owner answers.', used: null },
  {
    term: 'Federation token',
    meaning:
      'Temporary credentials that a user makes from its own key. They live up to 36 hours, whatever happens to the key.',
    used: /federation ?token/i,
  },
  {
    term: 'Finding',
    meaning: 'Something that a check saw and that should not be so.',
    used: null,
  },
  {
    term: 'Fingerprint',
    meaning: 'The number of a finding that stays the same from run to run.',
    used: null,
  },
  {
    term: 'Gap',
    meaning:
      'A call that was refused, cut off or never made. What lies in a gap is not fine: it is not known.',
    used: null,
  },
  {
    term: 'Guardrail',
    meaning: 'A policy or alarm that stops an act, or tells of it, whoever tries it.',
    used: /\bguardrails?\b/i,
  },
  {
    term: 'Harden',
    meaning: 'Close a weakness that made the incident possible or would make the next one easy.',
    used: null,
  },
  {
    term: 'Hole',
    meaning: 'A time and place from which CloudTrail holds no events, or not all.',
    used: /\bholes?\b/i,
  },
  {
    term: 'Identity Center',
    meaning: 'AWS’s directory and portal through which people enter accounts.',
    used: /identity center|permission set/i,
  },
  {
    term: 'In the window',
    meaning: 'Made or changed while the intruder was in, by nobody knows whom.',
    used: /\bin(?: the|-)window\b/i,
  },
  {
    term: 'Lineage',
    meaning: 'What made what, as the events prove it: from the leaked credential to the last thing made.',
    used: /\blineage\b/i,
  },
  {
    term: 'Management account',
    meaning: 'The account that owns the organization. No policy of the organization binds it.',
    used: /management account/i,
  },
  {
    term: 'Not evaluated',
    meaning: 'A check without its evidence. It has no answer; that is not a pass.',
    used: null,
  },
  {
    term: 'Permission set',
    meaning: 'What Identity Center lets somebody do in an account; it becomes a role there.',
    used: /permission set/i,
  },
  {
    term: 'Resource control policy (RCP)',
    meaning: 'A limit, set by the organization, on who may reach the resources of its accounts.',
    used: /\bRCP\b|resource control polic/i,
  },
  {
    term: 'Restore',
    meaning: 'Put an altered control or thing back as it was.',
    used: null,
  },
  {
    term: 'Root cause',
    meaning: 'Why a weakness was there at all; mended once, not finding by finding.',
    used: /root causes?\b/i,
  },
  {
    term: 'Root user',
    meaning: 'The first identity of an account. No policy of its own account limits it.',
    used: /\broot (?:user|access key|credential)/i,
  },
  {
    term: 'Service control policy (SCP)',
    meaning: 'A limit, set by the organization, on what anybody in a member account may do.',
    used: /\bSCPs?\b|service control polic/i,
  },
  {
    term: 'Session',
    meaning: 'Temporary credentials with an end. It outlives the key that it was made with.',
    used: /\bsessions?\b/i,
  },
  {
    term: 'Shared credential',
    meaning: 'The leaked credential in the hands of its owner: used from where the owner always works.',
    used: /\bshared[ -]credential\b/i,
  },
  {
    term: 'Signal',
    meaning: 'A single fact about a thing, with its source; several together make an attribution.',
    used: null,
  },
  {
    term: 'TLP',
    meaning: 'Traffic Light Protocol: a label that says how far a text may travel.',
    used: /\bTLP\b/,
  },
  {
    term: 'Trail',
    meaning: 'The record of calls that CloudTrail keeps.',
    used: /\btrails?\b/i,
  },
  {
    term: 'Trusted access',
    meaning: 'The organization’s leave for an AWS service to work in all its accounts.',
    used: /trusted (?:service )?access/i,
  },
  {
    term: 'Unexplained',
    meaning: 'There is a baseline, and this is not in it.',
    used: /\bunexplained\b/i,
  },
] as const satisfies readonly GlossaryTerm[];
