import { createHash } from 'node:crypto';

/**
 * A result of many accounts with as many findings as asked for. The shapes are those of the example: each finding is a
 * copy of one of its findings, told of another account, another name, other ids and another time. The order is the
 * engine's: decision, severity, subject.
 */
const decisions = ['eradicate', 'restore', 'contain-and-rotate', 'explain', 'harden'];
const severities = ['critical', 'high', 'medium', 'low', 'info'];
/** One finding in so many is urgent and has events of its own; the rest are standing weaknesses. */
const urgentEvery = 3;
/** So many copies share their steps: a plan of thousands, not of millions. */
const planCopies = 40;
const teams = ['payments', 'identity', 'checkout', 'search', 'data-lake', 'billing', 'growth', 'platform'];
const stages = ['prod', 'staging', 'dev', 'sandbox'];

const digest = (text) => createHash('sha256').update(text).digest('hex');

function uuid(text) {
  const hex = digest(text);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

const upper = (text, length) =>
  [...digest(text)]
    .map((digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(digit, 16) * 2])
    .join('')
    .slice(0, length);

function timeOf(text) {
  const seconds = Number.parseInt(digest(text).slice(0, 6), 16) % (14 * 86_400);
  return new Date(Date.UTC(2026, 9, 25) + seconds * 1000).toISOString();
}

const identifiers = /\b(?:AKIA|ASIA|AIDA|AROA|AGPA|ANPA|ACCA)[A-Z0-9]{8,17}\b/;
const uuids = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/;
const times = /\b2026-11-0[1-3]T\d\d:\d\d:\d\d\.\d{3}Z\b/;
const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A finding's text, cut where copies differ: the places hold what was there, in turns with what stays. */
function templateOf(finding, evidenceAsOf) {
  const { planSteps, fingerprint, ...rest } = finding;
  const { name, arn, accountId } = finding.subject;
  const named = name.length >= 4 && name !== accountId && arn.includes(name) ? name : arn;
  const cuts = [quoted(JSON.stringify(named).slice(1, -1)), ...(accountId === null ? [] : [accountId])];
  const volatile = new RegExp(`(${[...cuts, identifiers.source, uuids.source, times.source].join('|')})`);
  const parts = JSON.stringify(rest).split(volatile);
  return { parts, named, accountId, planSteps, fingerprint, evidenceAsOf };
}

function replacement(text, template, index, copyName, accountId) {
  if (text === template.accountId) {
    return accountId;
  }
  if (identifiers.test(text)) {
    return text.slice(0, 4) + upper(`${text} ${index}`, 17);
  }
  if (uuids.test(text)) {
    return uuid(`${text} ${index}`);
  }
  if (times.test(text)) {
    return text === template.evidenceAsOf ? text : timeOf(`${text} ${index}`);
  }
  return template.named.startsWith('arn:') ? `${text}/${copyName}` : copyName;
}

function copyOf(template, index, accountId) {
  const copyName = `${teams[index % teams.length]}-${stages[(index >> 3) % stages.length]}-${(index * 7919).toString(36)}`;
  const known = new Map();
  const text = template.parts
    .map((part, place) => {
      if (place % 2 === 0) {
        return part;
      }
      if (!known.has(part)) {
        known.set(part, replacement(part, template, index, copyName, accountId));
      }
      return known.get(part);
    })
    .join('');
  return {
    ...JSON.parse(text),
    fingerprint: digest(`${template.fingerprint} ${index}`).slice(0, 16),
    planSteps: template.planSteps.map((id) =>
      id.replace(/[0-9a-f]{8}$/, () => digest(`${id} ${index % planCopies}`).slice(0, 8)),
    ),
  };
}

const keyOf = ({ decision, severity, subject, fingerprint }) =>
  `${decisions.indexOf(decision)}${severities.indexOf(severity)} ${subject.arn} ${fingerprint}`;

/** Every step that a finding names, with the example's steps as the shapes. */
function largePlan(plan, findings) {
  if (plan === null || plan.steps.length === 0) {
    return plan;
  }
  const wanted = [...new Set(findings.flatMap(({ planSteps }) => planSteps))];
  return {
    ...plan,
    steps: wanted.map((id, index) => {
      const step = plan.steps[index % plan.steps.length];
      return { ...step, id, dependsOn: [], findings: [] };
    }),
    unplanned: [],
  };
}

/** An organization's row stays one; the others hold in every account, in the regions that they had. */
function unitsOf({ units }, accounts) {
  const regions = [
    ...new Set(units.filter(({ accountId }) => accountId !== undefined).map(({ region }) => region)),
  ];
  return [
    ...units.filter(({ accountId }) => accountId === undefined),
    ...accounts.flatMap((accountId) =>
      regions.map((region) => (region === undefined ? { accountId } : { accountId, region })),
    ),
  ];
}

export function largeResult(example, wanted, accountCount = 1000) {
  const accounts = Array.from({ length: accountCount }, (_, index) => String(500_000_000_000 + index * 7919));
  const templates = (kept) =>
    example.findings.filter(kept).map((finding) => templateOf(finding, example.asOf));
  const urgent = templates(({ decision }) => decision !== 'harden');
  const weak = templates(({ decision }) => decision === 'harden');
  const findings = Array.from({ length: wanted }, (_, index) => {
    const group = index % urgentEvery === 0 || weak.length === 0 ? urgent : weak;
    const account =
      accounts[Math.floor(Number.parseInt(digest(`a${index}`).slice(0, 8), 16) % accounts.length)];
    return copyOf(group[Math.floor(index / urgentEvery) % group.length], index, account);
  });
  const sorted = findings
    .map((finding) => [keyOf(finding), finding])
    .toSorted(([left], [right]) => (left < right ? -1 : Number(left > right)))
    .map(([, finding]) => finding);
  const tally = (names, field) => {
    const counts = Object.fromEntries(names.map((name) => [name, 0]));
    for (const finding of sorted) {
      counts[finding[field]] += 1;
    }
    return counts;
  };
  const fingerprints = new Map();
  for (const { check, fingerprint } of sorted) {
    fingerprints.set(check, fingerprints.get(check) ?? []);
    fingerprints.get(check).push(fingerprint);
  }
  const { byAccount } = example.coverage;
  return {
    ...example,
    scope: { ...example.scope, accounts, ofAccounts: accounts.length },
    totals: {
      ...example.totals,
      findings: Object.fromEntries(
        Object.entries({
          bySeverity: 'severity',
          byAttribution: 'attribution',
          byDecision: 'decision',
          byKind: 'kind',
        }).map(([name, field]) => [name, tally(Object.keys(example.totals.findings[name]), field)]),
      ),
    },
    results: example.results.map((row) => ({
      ...row,
      units: unitsOf(row, accounts),
      findings: row.outcome === 'fail' ? (fingerprints.get(row.check) ?? []) : [],
    })),
    findings: sorted,
    plan: largePlan(example.plan, sorted),
    coverage: {
      ...example.coverage,
      byAccount: accounts.map((accountId, index) => ({
        ...byAccount[index % byAccount.length],
        accountId,
        name: `${teams[index % teams.length]}-${stages[(index >> 3) % stages.length]}-${index}`,
      })),
    },
  };
}
