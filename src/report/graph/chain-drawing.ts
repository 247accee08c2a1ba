import { visible } from '../text/visible.ts';
import { fitEnd, fitMiddle } from './text-width.ts';

/** One thing on the way from outside to power. */
export interface ChainLink {
  readonly role: 'caller' | 'entry' | 'function' | 'role';
  readonly label: string;
  readonly note: string;
  /** `made by the incident`, `2 findings`; null where nothing speaks against it. */
  readonly mark: string | null;
  /** Made or changed by the incident: drawn in another shape. */
  readonly hostile: boolean;
  /** What leads to it is not open as it stands. */
  readonly held: boolean;
}

export interface ChainBoxView {
  readonly x: number;
  readonly look: string;
  readonly outline: string;
  readonly textX: number;
  readonly label: string;
  readonly note: string;
  readonly mark: string | null;
  readonly full: string;
}

/** A chain in plain numbers; the template turns it into SVG and escapes every text. */
export interface ChainDrawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly ChainBoxView[];
  readonly arrows: readonly { readonly path: string; readonly head: string; readonly held: boolean }[];
}

const height = 66;
const gap = 34;
const inset = 1.5;
const cut = 10;
const textInset = 14;

const widths = { caller: 150, entry: 262, function: 240, role: 286 } as const satisfies Record<
  ChainLink['role'],
  number
>;

/** Letters that fit into a box of this width: names are drawn larger than notes. */
function columns(width: number, letter: number): number {
  return Math.floor((width - 2 * textInset) / letter);
}

/** Hostile things have cut corners, callers are round, the rest are plain boxes. */
function outlineOf(link: ChainLink, width: number): string {
  const [left, top, right, bottom] = [inset, inset, width - inset, height - inset];
  if (link.hostile) {
    return `M${left + cut} ${top}H${right - cut}L${right} ${top + cut}V${bottom - cut}L${right - cut} ${bottom}H${left + cut}L${left} ${bottom - cut}V${top + cut}Z`;
  }
  const radius = link.role === 'caller' ? (bottom - top) / 2 : 3;
  return `M${left + radius} ${top}H${right - radius}A${radius} ${radius} 0 0 1 ${right} ${top + radius}V${bottom - radius}A${radius} ${radius} 0 0 1 ${right - radius} ${bottom}H${left + radius}A${radius} ${radius} 0 0 1 ${left} ${bottom - radius}V${top + radius}A${radius} ${radius} 0 0 1 ${left + radius} ${top}Z`;
}

export function chainDrawing(links: readonly ChainLink[]): ChainDrawing {
  const boxes: ChainBoxView[] = [];
  const arrows: { path: string; head: string; held: boolean }[] = [];
  let x = 0;
  for (const [index, link] of links.entries()) {
    const width = widths[link.role];
    const round = link.role === 'caller' ? 10 : 0;
    boxes.push({
      x,
      look: [`link-${link.role}`, ...(link.hostile ? ['link-hostile'] : [])].join(' '),
      outline: outlineOf(link, width),
      textX: textInset + round,
      label: fitMiddle(visible(link.label), columns(width - round, 6.9)),
      note: fitEnd(visible(link.note), columns(width - round, 5.6)),
      mark: link.mark === null ? null : fitEnd(visible(link.mark), columns(width - round, 5.9)),
      full: [link.label, link.note, ...(link.mark === null ? [] : [link.mark])].join(' · '),
    });
    if (index < links.length - 1) {
      const end = x + width + gap;
      const y = height / 2;
      arrows.push({
        path: `M${x + width + 2} ${y}H${end - 8}`,
        head: `M${end - 1} ${y}L${end - 9} ${y - 4.5}V${y + 4.5}Z`,
        held: links[index + 1]?.held ?? false,
      });
    }
    x += width + gap;
  }
  return { width: Math.max(0, x - gap), height, boxes, arrows };
}
