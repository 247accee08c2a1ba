interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A texture of more lines than this is a grey area, and a page clips long texts. */
const mostLines = 56;
const leastStep = 7;

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Diagonal lines inside of an area as one path: a policy without `url()` allows no pattern fills. */
export function hatchPath({ x, y, width, height }: Area): string {
  const step = Math.max(leastStep, (width + height) / mostLines);
  const parts: string[] = [];
  for (let offset = step; offset < width + height; offset += step) {
    const from = { x: Math.min(offset, width), y: Math.max(0, offset - width) };
    const to = { x: Math.max(0, offset - height), y: Math.min(offset, height) };
    parts.push(`M${round(x + from.x)} ${round(y + from.y)}L${round(x + to.x)} ${round(y + to.y)}`);
  }
  return parts.join('');
}
