import type { AuditResult } from '../audit-result.ts';
import { type CheckEvidence, evidenceOfChecks } from '../compliance/check-evidence.ts';
import { scopeOf } from '../compliance/scope-doubts.ts';
import type { LineageNode } from '../lineage.ts';
import { techniqueOfEvent } from './event-techniques.ts';
import { currentTechnique } from './technique-redirects.ts';
import {
  attackVersion,
  type Tactic,
  type Technique,
  tactics,
  techniqueOf,
  techniques,
} from './techniques.ts';

/**
 * seen: an event of the incident, or a finding that is attributed to it, shows it · weakness: an open finding would let it
 * be done · cannot-tell: checked, but not completely · clear: checked everywhere over complete evidence and not found ·
 * in-parts: only its sub-techniques are looked for, and each stands for itself · not-covered: nothing looks for it
 */
export const techniqueStates = [
  'seen',
  'weakness',
  'cannot-tell',
  'clear',
  'in-parts',
  'not-covered',
] as const;
export type TechniqueState = (typeof techniqueStates)[number];

export interface TechniqueStanding {
  readonly technique: Technique;
  readonly state: TechniqueState;
  /** Names of the incident's events that show it, sorted. */
  readonly eventNames: readonly string[];
  /** Events that were done, and those that were only tried. */
  readonly done: number;
  readonly attempted: number;
  /** Fingerprints of findings that are attributed to the incident. */
  readonly attributed: readonly string[];
  /** Fingerprints of the other findings that nobody accepted. */
  readonly weaknesses: readonly string[];
  /** The checks that look for it. */
  readonly checks: readonly CheckEvidence[];
}

export interface AttackMatrix {
  readonly version: string;
  readonly columns: readonly { readonly tactic: Tactic; readonly techniques: readonly TechniqueStanding[] }[];
  /** Each technique once, however many tactics it serves. */
  readonly counts: Readonly<Record<TechniqueState, number>>;
  /** Techniques that the tables lack and a check of somebody else names. */
  readonly strange: readonly string[];
}

interface Sighted {
  readonly names: Set<string>;
  readonly done: Set<string>;
  readonly attempted: Set<string>;
}

/** `iam:CreateUser` → `CreateUser`. */
function eventNameOf(action: string): string {
  return action.slice(action.indexOf(':') + 1);
}

/** What the incident's own sessions and credentials did, by technique. The owner's use of a shared credential is not theirs. */
function sightedOf(result: AuditResult): ReadonlyMap<string, Sighted> {
  const sighted = new Map<string, Sighted>();
  const add = (name: string, technique: string | null, ids: readonly string[], done: boolean): void => {
    if (technique === null) {
      return;
    }
    const known = sighted.get(technique) ?? { names: new Set(), done: new Set(), attempted: new Set() };
    sighted.set(technique, known);
    known.names.add(name);
    for (const id of ids) {
      (done ? known.done : known.attempted).add(id);
    }
  };
  const tainted = new Map<string, LineageNode>(
    (result.lineage?.nodes ?? [])
      .filter(({ standing }) => standing === 'tainted')
      .map((node) => [node.id, node]),
  );
  for (const edge of result.lineage?.edges ?? []) {
    if (edge.relation !== 'linked' && tainted.has(edge.from)) {
      const name = eventNameOf(edge.action);
      add(name, techniqueOfEvent(name), edge.eventIds, edge.outcome === 'done');
      if (tainted.get(edge.from)?.seed === true && edge.outcome === 'done') {
        // Working with the leaked credential is the use of a valid cloud account.
        add('use of the leaked credential', 'T1078.004', edge.eventIds, true);
      }
    }
  }
  for (const { attribution, provenance } of result.findings) {
    if (attribution === 'attributed') {
      for (const { eventName, eventId } of provenance) {
        add(eventName, techniqueOfEvent(eventName), [eventId], true);
      }
    }
  }
  return sighted;
}

function stateOf(standing: Omit<TechniqueStanding, 'state'>, wholeScope: boolean): TechniqueState {
  const { done, attempted, attributed, weaknesses, checks } = standing;
  if (done + attempted + attributed.length > 0) {
    return 'seen';
  }
  if (weaknesses.length > 0) {
    return 'weakness';
  }
  const looked = checks.filter(
    ({ answered, accepted, doubts }) => answered + accepted.length + doubts.length > 0,
  );
  if (looked.length === 0) {
    return 'not-covered';
  }
  const unclear = looked.some(({ doubts, accepted }) => doubts.length + accepted.length > 0);
  return unclear || !wholeScope ? 'cannot-tell' : 'clear';
}

/** A technique that is looked for only in its parts is not uncovered. */
function inParts(standings: readonly TechniqueStanding[]): readonly TechniqueStanding[] {
  const parents = new Set(
    standings
      .filter(({ state, technique }) => state !== 'not-covered' && technique.id.includes('.'))
      .map(({ technique }) => technique.id.split('.')[0]),
  );
  return standings.map((standing) =>
    standing.state === 'not-covered' && parents.has(standing.technique.id)
      ? { ...standing, state: 'in-parts' }
      : standing,
  );
}

/** The matrix of a result: what was seen, what is weak, what is clear, and what nobody looked for. */
export function attackMatrix(result: AuditResult): AttackMatrix {
  const checks = evidenceOfChecks(result);
  const sighted = sightedOf(result);
  const attributed = new Set(
    result.findings
      .filter(({ attribution }) => attribution === 'attributed')
      .map(({ fingerprint }) => fingerprint),
  );
  // Told apart once for each check: a hundred thousand findings stand under many techniques.
  const own = new Map(
    checks.map(({ evidence }) => [
      evidence.id,
      {
        attributed: [...evidence.open, ...evidence.accepted].filter((id) => attributed.has(id)),
        weaknesses: evidence.open.filter((id) => !attributed.has(id)),
      },
    ]),
  );
  const wholeScope = scopeOf(result).doubts.length === 0;
  const byTechnique = new Map<string, CheckEvidence[]>();
  for (const { evidence, techniques: named } of checks) {
    for (const id of new Set(named.map(currentTechnique))) {
      byTechnique.set(id, [...(byTechnique.get(id) ?? []), evidence]);
    }
  }
  const standings = new Map(
    techniques.map((technique) => {
      const looking = byTechnique.get(technique.id) ?? [];
      const found = sighted.get(technique.id);
      const standing = {
        technique,
        eventNames: [...(found?.names ?? [])].sort(),
        done: found?.done.size ?? 0,
        attempted: found?.attempted.size ?? 0,
        attributed: looking.flatMap(({ id }) => own.get(id)?.attributed ?? []),
        weaknesses: looking.flatMap(({ id }) => own.get(id)?.weaknesses ?? []),
        checks: looking,
      };
      return [technique.id, { ...standing, state: stateOf(standing, wholeScope) }] as const;
    }),
  );
  const all = inParts([...standings.values()]);
  const count = (state: TechniqueState): number => all.filter((one) => one.state === state).length;
  return {
    version: attackVersion,
    columns: tactics.map((tactic) => ({
      tactic,
      techniques: all.filter(({ technique }) => technique.tactics.includes(tactic.id)),
    })),
    counts: {
      seen: count('seen'),
      weakness: count('weakness'),
      'cannot-tell': count('cannot-tell'),
      clear: count('clear'),
      'in-parts': count('in-parts'),
      'not-covered': count('not-covered'),
    },
    strange: [...byTechnique.keys()].filter((id) => techniqueOf(id) === null).sort(),
  };
}
