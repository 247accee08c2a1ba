import type { LineageNode } from '../../../model/lineage.ts';
import type { TrailEvent } from '../../../model/trail-event.ts';
import type { Act, LineageRule, Link, NodeSeed, Relation, SeedDraft } from './lineage-rule.ts';
import { accountOf, lastPartOf, parseArn, partitionOf } from './place.ts';
import { firstText, type MemberPath, texts } from './read-member.ts';

/** Where the events of a service name one type of thing. */
export interface Shape {
  readonly type: string;
  readonly kind?: LineageNode['kind'];
  /** Global things are told apart by account and id alone. */
  readonly scope: 'global' | 'regional';
  /** Name, id or ARN; the first that is there. */
  readonly id: readonly MemberPath[];
  /** Lists of ids, where one call touches several things. */
  readonly ids?: { readonly path: MemberPath; readonly member?: string };
  readonly arn?: readonly MemberPath[];
  readonly label?: readonly MemberPath[];
  readonly uniqueId?: readonly MemberPath[];
  /** With `{partition} {region} {account} {id}`, for events that do not tell the ARN. */
  readonly arnTemplate?: string;
  readonly runsAs?: readonly MemberPath[];
  readonly trustPolicy?: readonly MemberPath[];
}

type Piece = string | ((event: TrailEvent, id: string) => string);

const placeholders: Readonly<Record<string, Piece>> = {
  partition: ({ region }: TrailEvent) => partitionOf(region),
  region: ({ region }: TrailEvent) => region,
  account: accountOf,
  id: (_: TrailEvent, id: string) => id,
};

/** Templates are constants of ours and never text of a record: the map grows to their number and no further. */
const templates = new Map<string, readonly Piece[]>();

function piecesOf(template: string): readonly Piece[] {
  const known = templates.get(template);
  if (known !== undefined) {
    return known;
  }
  const pieces = template
    .split(/\{(\w+)\}/)
    .map((piece, index) => (index % 2 === 0 ? piece : (placeholders[piece] ?? '')));
  templates.set(template, pieces);
  return pieces;
}

function filled(template: string, event: TrailEvent, id: string): string {
  let arn = '';
  for (const piece of piecesOf(template)) {
    arn += typeof piece === 'string' ? piece : piece(event, id);
  }
  return arn;
}

export function shapeKey(shape: Shape, accountId: string, region: string, id: string): string {
  return shape.scope === 'regional'
    ? `${shape.type} ${accountId} ${region} ${id.toLowerCase()}`
    : `${shape.type} ${accountId} ${id.toLowerCase()}`;
}

function told(event: TrailEvent, paths: readonly MemberPath[] | undefined): string | null {
  return paths === undefined ? null : firstText(event, paths);
}

function seedOf(event: TrailEvent, shape: Shape, named: string): NodeSeed {
  const parsed = parseArn(named);
  const id = parsed === null ? named : lastPartOf(parsed.resource);
  const arn = named.startsWith('arn:') ? named : told(event, shape.arn);
  // A template tells no other place than the event.
  const place = parsed ?? (arn === null ? null : parseArn(arn));
  const accountId = place?.accountId || accountOf(event);
  const region = shape.scope === 'regional' ? place?.region || event.region : null;
  const seed: SeedDraft = {
    kind: shape.kind ?? 'resource',
    type: shape.type,
    key: shapeKey(shape, accountId, region ?? '', id),
    label: told(event, shape.label) ?? id,
    arn: arn ?? (shape.arnTemplate === undefined ? null : filled(shape.arnTemplate, event, id)),
    uniqueId: told(event, shape.uniqueId),
    accountId: accountId === '' ? null : accountId,
    region,
  };
  const runsAs = told(event, shape.runsAs);
  const trustPolicy = told(event, shape.trustPolicy);
  if (runsAs !== null) {
    seed.runsAs = runsAs;
  }
  if (trustPolicy !== null) {
    seed.trustPolicy = trustPolicy;
  }
  return seed;
}

/** What the event says of things of this shape: nothing where a denied call leaves its parameters out. */
export function seedsOf(event: TrailEvent, shape: Shape): readonly NodeSeed[] {
  const listed = shape.ids === undefined ? [] : texts(event, shape.ids.path, shape.ids.member);
  if (listed.length > 0) {
    return [...new Set(listed)].map((id) => seedOf(event, shape, id));
  }
  const single = firstText(event, shape.id);
  return single === null ? [] : [seedOf(event, shape, single)];
}

/** Service and kind of resource that an ARN names. */
function kindOf(arn: string): string {
  const parsed = parseArn(arn);
  return `${parsed?.service} ${parsed?.resource.split(/[/:]/)[0]}`;
}

/** Whether the ARN can be of this shape, by the kind of resource it names. */
function fits(shape: Shape, arn: string, alone: boolean): boolean {
  return shape.arnTemplate === undefined ? alone : kindOf(arn) === kindOf(shape.arnTemplate);
}

export interface ActMaker {
  (event: TrailEvent, meant?: string): readonly Act[];
  /** As in a rule. */
  readonly changesOnly?: boolean;
}
export type LinkMaker = (event: TrailEvent) => readonly Link[];

export function act(relation: Relation, ...shapes: readonly Shape[]): ActMaker {
  const seeds = (event: TrailEvent, shape: Shape, meant: string): readonly NodeSeed[] =>
    fits(shape, meant, shapes.length === 1) ? [seedOf(event, shape, meant)] : [];
  const make = (event: TrailEvent, meant?: string): readonly Act[] => {
    const acts: Act[] = [];
    for (const shape of shapes) {
      for (const seed of meant === undefined ? seedsOf(event, shape) : seeds(event, shape, meant)) {
        acts.push({ relation, seed });
      }
    }
    return acts;
  };
  return Object.assign(make, { changesOnly: relation === 'changed' && !shapes.some(setsSomething) });
}

/** Passwords, code and trust: what was set before no longer holds. */
function setsSomething({ type, runsAs, trustPolicy }: Shape): boolean {
  return (
    runsAs !== undefined ||
    trustPolicy !== undefined ||
    type === 'login-profile' ||
    type === 'lambda-function'
  );
}

/** Both ends named by the event itself. */
export function link(from: Shape, to: Shape): LinkMaker {
  return (event) =>
    seedsOf(event, from).flatMap((source) =>
      seedsOf(event, to).map((target) => ({ from: source.key, to: target.key })),
    );
}

export function rule(acts: ActMaker, links?: LinkMaker): LineageRule {
  const changesOnly = acts.changesOnly === true;
  return links === undefined ? { acts, changesOnly } : { acts, links, changesOnly };
}

/** Same meaning for several names. */
export function sameRule<Name extends string>(
  names: readonly Name[],
  meaning: LineageRule,
): Readonly<Record<string, LineageRule>> {
  return Object.fromEntries(names.map((name) => [name, meaning]));
}
