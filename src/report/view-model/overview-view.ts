import type { ResultFinding } from '../../model/audit-result.ts';
import { attributions, type Decision, decisions } from '../../model/finding.ts';
import { severities } from '../../model/severity.ts';
import { countOf, formatNumber, listOf } from '../text/phrases.ts';
import { clip } from '../text/visible.ts';
import { type CardGroup, cardId } from './card-grouping.ts';
import { countBy } from './count-by.ts';
import type { BarView, OverviewView } from './report-view.ts';
import { attributionTexts, decisionTexts, severityLabels } from './wording.ts';

/** Decisions that stand between the owner and an all clear; hardening does not. */
const urgentDecisions = [
  'eradicate',
  'restore',
  'contain-and-rotate',
  'explain',
] as const satisfies readonly Decision[];

function isUrgent(finding: ResultFinding): boolean {
  return finding.decision !== 'harden';
}

export function openUrgent(findings: readonly ResultFinding[]): readonly ResultFinding[] {
  return findings.filter((finding) => isUrgent(finding) && finding.exception === undefined);
}

/** Units of a bar's own drawing. */
const barWidth = 100;

/** What somebody calls each decision who has to make none of them. */
const plainLabels = {
  eradicate: 'Made by the intruder',
  restore: 'Altered by the intruder',
  'contain-and-rotate': 'Ours, used by the intruder',
  explain: 'Nobody has explained',
  harden: 'Weak points',
} as const satisfies Record<Decision, string>;

function bars(
  findings: readonly ResultFinding[],
  groups: ReadonlyMap<Decision, readonly CardGroup[]>,
): readonly BarView[] {
  const byDecision = countBy(findings, ({ decision }) => decision);
  const bySeverity = countBy(findings, ({ decision, severity }) => `${decision} ${severity}`);
  const longest = Math.max(1, ...byDecision.values());
  return decisions.map((decision): BarView => {
    let x = 0;
    const parts = severities
      .map((severity) => ({
        severity,
        count: bySeverity.get(`${decision} ${severity}`) ?? 0,
      }))
      .filter(({ count }) => count > 0);
    const segments = parts.map(({ severity, count }) => {
      const width = Math.max(0.5, Math.round((count / longest) * barWidth * 10) / 10);
      const segment = { severity, x: Math.round(x * 10) / 10, width };
      x += width;
      return segment;
    });
    return {
      id: decision,
      label: decisionTexts[decision].title,
      plain: plainLabels[decision],
      count: byDecision.get(decision) ?? 0,
      things: groups.get(decision)?.length ?? 0,
      breakdown: listOf(
        parts.map(
          ({ severity, count }) => `${formatNumber(count)} ${severityLabels[severity].toLowerCase()}`,
        ),
      ),
      segments,
    };
  });
}

const topCards = 4;
/** Longer than any name that AWS allows to a principal; a longer one must not fill the page. */
const nameLength = 128;

export function overviewView(
  findings: readonly ResultFinding[],
  groups: ReadonlyMap<Decision, readonly CardGroup[]>,
): OverviewView {
  const urgent = openUrgent(findings).length;
  const accepted = findings.filter((finding) => finding.exception !== undefined).length;
  const drawn = bars(findings, groups);
  const byAttribution = countBy(findings, ({ attribution }) => attribution);
  const urgentCards = urgentDecisions.flatMap((decision) => groups.get(decision) ?? []);
  return {
    headline:
      urgent === 0
        ? 'Nothing hostile or unexplained was found in what could be seen'
        : `${countOf(urgent, 'finding is', 'findings are')} hostile, altered or unexplained`,
    findings: findings.length,
    urgent,
    accepted,
    bars: drawn,
    byAttribution: attributions
      .map((id) => ({
        id,
        label: attributionTexts[id].label,
        count: byAttribution.get(id) ?? 0,
      }))
      .filter(({ count }) => count > 0),
    top: urgentCards.slice(0, topCards).flatMap((card) => {
      const [first] = card.findings;
      return first === undefined
        ? []
        : [
            {
              href: `#${cardId(card)}`,
              severity: card.severity,
              severityLabel: severityLabels[card.severity],
              title: clip(first.subject.name === '' ? first.subject.arn : first.subject.name, nameLength),
              message: clip(first.title, nameLength),
              attribution: attributionTexts[first.attribution].label,
            },
          ];
    }),
  };
}
