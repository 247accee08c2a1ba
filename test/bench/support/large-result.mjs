import { createHash } from 'node:crypto';

/**
 * A result of many accounts with as many findings as asked for. The shapes are those of the example: each finding is a
 * copy of one of its findings, told of another account, another name, other ids and another time. The order is the
 * engine's: decision, severity, subject.
 */
const decisions = ['eradicate', 'restore', 'contain-and-rotate', 'explain', 'harden'];
const severities = ['critical', 'high', 'medium', 'low', 'info'];
/** One finding in so many is urgent; the rest are standing weaknesses, as in real sweeps. */
const urgentEvery = 12;
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

/** Longer words first, so that an account id inside of an ARN does not spoil the ARN. */
function renamed(value, words) {
  let text = JSON.stringify(value);
  for (const [from, to] of words) {
    text = text.replaceAll(from, to);
  }
  return JSON.parse(
    text
      .replace(
        /\b(AKIA|ASIA|AIDA|AROA|AGPA|ANPA|ACCA)([A-Z0-9]{8,17})\b/g,
        (id, kind) => kind + upper(id + words[0][1], 17),
      )
      .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (id) =>
        uuid(id + words[0][1]),
      )
      .replace(/\b2026-11-0\dT\d\d:\d\d:\d\d\.\d{3}Z\b/g, (time) => timeOf(time + words[0][1])),
  );
}

function copyOf(finding, index, accountId) {
  const { subject } = finding;
  const copyName = `${teams[index % teams.length]}-${stages[(index >> 3) % stages.length]}-${(index * 7919).toString(36)}`;
  const words = [
    ...(subject.name.length >= 4
      ? [[subject.name, copyName]]
      : [[subject.arn, `${subject.arn}/${copyName}`]]),
    ...(subject.accountId === null ? [] : [[subject.accountId, accountId]]),
  ];
  const { planSteps, fingerprint, ...rest } = finding;
  return {
    ...renamed(rest, words),
    fingerprint: digest(`${fingerprint} ${index}`).slice(0, 16),
    planSteps: planSteps.map((id) =>
      id.replace(/[0-9a-f]{8}$/, () => digest(`${id} ${index >> 2}`).slice(0, 8)),
    ),
  };
}

const keyOf = ({ decision, severity, subject, fingerprint }) =>
  `${decisions.indexOf(decision)}${severities.indexOf(severity)} ${subject.arn} ${fingerprint}`;

/** As many steps as one urgent finding in ten would give, with the example's steps as the shapes. */
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

export function largeResult(example, wanted, accountCount = 1000) {
  const accounts = Array.from({ length: accountCount }, (_, index) => String(500_000_000_000 + index * 7919));
  const urgent = example.findings.filter(({ decision }) => decision !== 'harden');
  const weak = example.findings.filter(({ decision }) => decision === 'harden');
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
  const tally = (names, field) =>
    Object.fromEntries(
      names.map((name) => [name, sorted.filter((finding) => finding[field] === name).length]),
    );
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
      units: row.units.flatMap((unit) =>
        unit.accountId === undefined ? [unit] : accounts.map((accountId) => ({ ...unit, accountId })),
      ),
      findings: sorted
        .filter(({ check }) => row.outcome === 'fail' && check === row.check)
        .map(({ fingerprint }) => fingerprint),
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
