import type { DerivationContext } from '../../model/derivation.ts';
import type { EvidenceKey } from '../../model/evidence-catalog.ts';
import type { Gap } from '../../model/gap.ts';

const separators: ReadonlySet<string> = new Set([':', '/', ' ']);

/** The known thing that a gap's resource names: itself, or a part of it (`arn:…:live`, `arn:… in 111122223333`). */
function ownerOf(resource: string, known: ReadonlySet<string>): string | null {
  if (known.has(resource)) {
    return resource;
  }
  for (let end = resource.length - 1; end > 0; end -= 1) {
    const name = separators.has(resource.charAt(end)) ? resource.slice(0, end) : '';
    if (known.has(name)) {
      return name;
    }
  }
  return null;
}

/**
 * Tells of each known thing whether its part of a collected list was seen in full. A gap counts against everybody
 * unless it names one of them, or `hidesNothing` knows that it takes nothing from the lists of things that are known.
 */
export function wholeLists(
  key: EvidenceKey,
  context: DerivationContext,
  known: ReadonlySet<string>,
  hidesNothing: (gap: Gap) => boolean = () => false,
): (name: string) => boolean {
  if (context.gapsOf === undefined) {
    return () => false;
  }
  const owners = context
    .gapsOf(key)
    .filter((gap) => !hidesNothing(gap))
    .map(({ resource }) => (resource === undefined ? null : ownerOf(resource, known)));
  const concerned = new Set(owners);
  return (name) => !concerned.has(null) && !concerned.has(name);
}
