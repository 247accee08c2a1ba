import type { AuditResult, ResultFinding } from '../../model/audit-result.ts';
import type { LineageEdge, LineageEvent, LineageNode } from '../../model/lineage.ts';
import type { Verification, VerificationState } from '../../model/verification.ts';
import { attemptedOnly, labelOf } from '../graph/node-wording.ts';
import { compareText } from '../text/phrases.ts';
import type { IncidentStory } from './incident-moments.ts';

/** An event that altered a thing. */
export interface Alteration {
  readonly at: string;
  readonly name: string;
  readonly by: string;
  readonly eventId: string | null;
}

/** A thing that was there before and was altered, from whatever tells of it. */
export interface TamperedThing {
  readonly arn: string;
  readonly type: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly region: string | null;
  /** What the findings say of it now. */
  readonly messages: readonly string[];
  readonly fingerprints: readonly string[];
  readonly alterations: readonly Alteration[];
  /** States that `verify` found for the earlier findings; empty without one. */
  readonly verified: readonly Verification['findings'][number][];
}

interface Draft {
  readonly thing: Omit<TamperedThing, 'messages' | 'fingerprints' | 'alterations' | 'verified'>;
  readonly messages: Set<string>;
  readonly fingerprints: Set<string>;
  readonly alterations: Map<string, Alteration>;
  readonly verified: Verification['findings'][number][];
  /** Known from events alone. */
  open: boolean;
}

type Subject = Pick<ResultFinding['subject'], 'arn' | 'type' | 'name' | 'accountId' | 'region'>;

function draftOf(drafts: Map<string, Draft>, subject: Subject): Draft {
  const { arn, type, name, accountId, region } = subject;
  const known = drafts.get(arn);
  if (known !== undefined) {
    return known;
  }
  const draft: Draft = {
    thing: { arn, type, name: name === '' ? arn : name, accountId, region },
    messages: new Set(),
    fingerprints: new Set(),
    alterations: new Map(),
    verified: [],
    open: false,
  };
  drafts.set(arn, draft);
  return draft;
}

function eventDraft(drafts: Map<string, Draft>, subject: Subject): Draft {
  const draft = draftOf(drafts, subject);
  draft.open = true;
  return draft;
}

function addFindings(drafts: Map<string, Draft>, { findings }: AuditResult): void {
  for (const finding of findings.filter(({ decision }) => decision === 'restore')) {
    const draft = draftOf(drafts, finding.subject);
    draft.messages.add(finding.message);
    draft.fingerprints.add(finding.fingerprint);
    for (const { eventId, eventTime, eventName, actorArn } of finding.provenance) {
      draft.alterations.set(eventId, { at: eventTime, name: eventName, by: actorArn, eventId });
    }
  }
}

/** A thing that nobody says to restore may be asked about, contained or removed: what is said there counts too. */
function addOtherFindings(drafts: ReadonlyMap<string, Draft>, { findings }: AuditResult): void {
  for (const { subject, decision, exception, message, fingerprint } of findings) {
    const draft = drafts.get(subject.arn);
    if (draft?.open === true && decision !== 'harden' && exception === undefined) {
      draft.messages.add(message);
      draft.fingerprints.add(fingerprint);
    }
  }
}

/** What an earlier run found and is back by now has no finding any more: the verification still knows it. */
function addVerified(drafts: Map<string, Draft>, { verification }: AuditResult): void {
  for (const finding of verification?.findings ?? []) {
    if (finding.decision === 'restore') {
      const draft = draftOf(drafts, finding.subject);
      draft.verified.push(finding);
      if (draft.messages.size === 0) {
        draft.messages.add(finding.title);
      }
    }
  }
}

function isAltering({ relation }: LineageEdge): boolean {
  return relation === 'changed' || relation === 'deleted';
}

/** The finding of a thing need not name it as the events do: the same event means the same thing. */
function ownerOf(drafts: ReadonlyMap<string, Draft>, node: LineageNode, edge: LineageEdge): Draft | null {
  const byName = node.arn === null ? undefined : drafts.get(node.arn);
  return (
    byName ??
    [...drafts.values()].find(
      ({ thing, alterations }) =>
        (thing.type === node.type && thing.name === labelOf(node)) ||
        edge.eventIds.some((id) => alterations.has(id)),
    ) ??
    null
  );
}

function alterationsOf(
  edge: LineageEdge,
  events: ReadonlyMap<string, LineageEvent>,
  actor: string,
): readonly Alteration[] {
  const known = edge.eventIds.map((id) => events.get(id)).filter((event) => event !== undefined);
  return known.length === 0
    ? [{ at: edge.firstAt, name: edge.action, by: actor, eventId: edge.eventIds[0] ?? null }]
    : known
        .filter(({ errorCode }) => errorCode === null)
        .map(({ eventId, eventTime, eventName, actorArn }) => ({
          at: eventTime,
          name: eventName,
          by: actorArn,
          eventId,
        }));
}

function addEdges(drafts: Map<string, Draft>, result: AuditResult, { tree }: IncidentStory): void {
  const { lineage } = result;
  if (lineage === null || tree === null) {
    return;
  }
  const events = new Map(lineage.events.map((event) => [event.eventId, event]));
  const nodes = new Map(lineage.nodes.map((node) => [node.id, node]));
  for (const edge of lineage.edges.filter((one) => isAltering(one) && one.outcome === 'done')) {
    const node = nodes.get(edge.to);
    const actor = nodes.get(edge.from);
    const theirs = node === undefined || node.intruderMade || node.kind === 'session';
    if (theirs || node.standing === 'lead' || actor?.standing === 'lead' || attemptedOnly(tree, node)) {
      continue;
    }
    const draft =
      ownerOf(drafts, node, edge) ??
      eventDraft(drafts, {
        arn: node.arn ?? node.id,
        type: node.type,
        name: labelOf(node),
        accountId: node.accountId,
        region: node.region,
      });
    for (const alteration of alterationsOf(edge, events, actor === undefined ? edge.from : labelOf(actor))) {
      draft.alterations.set(alteration.eventId ?? `${alteration.at} ${alteration.name}`, alteration);
    }
  }
}

function byTime(left: Alteration, right: Alteration): number {
  return compareText(left.at, right.at) || compareText(left.eventId ?? '', right.eventId ?? '');
}

/** Everything that was altered and not made by the incident: what findings, a verification and the events tell. */
export function tamperedThings(result: AuditResult, story: IncidentStory): readonly TamperedThing[] {
  const drafts = new Map<string, Draft>();
  addFindings(drafts, result);
  addVerified(drafts, result);
  addEdges(drafts, result, story);
  addOtherFindings(drafts, result);
  return [...drafts.values()].map(({ thing, messages, fingerprints, alterations, verified }) => ({
    ...thing,
    messages: [...messages],
    fingerprints: [...fingerprints],
    alterations: [...alterations.values()].sort(byTime),
    verified,
  }));
}

/** What was tried on things of the owner and failed. */
export function failedAlterations({
  lineage,
}: AuditResult): readonly { readonly text: string; readonly at: string }[] {
  const nodes = new Map((lineage?.nodes ?? []).map((node) => [node.id, node]));
  return (lineage?.edges ?? [])
    .filter((edge) => isAltering(edge) && edge.outcome === 'attempted')
    .flatMap((edge) => {
      const node = nodes.get(edge.to);
      return node === undefined || node.intruderMade
        ? []
        : [{ text: `${edge.action} on ${labelOf(node)}`, at: edge.firstAt }];
    })
    .sort((left, right) => compareText(left.at, right.at) || compareText(left.text, right.text));
}

const worst = [
  'reappeared',
  'changed',
  'still-there',
  'cannot-tell',
  'gone',
] as const satisfies readonly VerificationState[];

/** The worst state of a thing's earlier findings; null where no verification speaks of it. */
export function verifiedState({ verified }: TamperedThing): VerificationState | null {
  return worst.find((state) => verified.some((finding) => finding.state === state)) ?? null;
}
