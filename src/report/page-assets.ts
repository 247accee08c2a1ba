import type Handlebars from 'handlebars';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { ownAsset } from './handlebars-environment.ts';
import { readTemplate } from './templates.ts';
import { styleString } from './text/style-string.ts';
import { clip, visible } from './text/visible.ts';

/** Each concern and each chapter has a style file of its own, in `templates/style`; later ones win. */
const styles = [
  'base',
  'shell',
  'summary',
  'cards',
  'tables',
  'coverage',
  'lineage',
  'incident',
  'review',
  'custody',
  'all-findings',
  'compliance',
  'print',
] as const;

/** Small files by concern, in `templates/script`; the first holds what the others share. */
const scripts = [
  'page',
  'theme',
  'contents',
  'copy',
  'disclosure',
  'filter',
  'sort',
  'ticks',
  'print',
  'shortcuts',
  'findings-columns',
  'findings-filter',
  'findings-csv',
  'findings-details',
  'all-findings',
] as const;

interface PageAssets {
  readonly style: Handlebars.SafeString;
  readonly script: Handlebars.SafeString;
  readonly policy: Handlebars.SafeString;
}

/** Which incident a loose sheet belongs to. */
export function runningHead(incidentId: string | null, title: string): string {
  return visible(clip(incidentId === null ? title : `${incidentId} · ${title}`, 120));
}

/**
 * What every page carries besides its data.
 * @param runningHead stands at the top of each printed sheet; any text is taken
 */
export function pageAssets(runningHead: string): PageAssets {
  const style = [
    ...styles.map((name) => readTemplate(`style/${name}.css`)),
    `:root { --running-head: ${styleString(runningHead)}; }\n`,
  ].join('\n');
  const parts = scripts.map((name) => readTemplate(`script/${name}.js`));
  const script = `(() => {\n'use strict';\n${parts.join('\n')}\n})();\n`;
  return {
    style: ownAsset(style),
    script: ownAsset(script),
    policy: ownAsset(contentSecurityPolicy(style, script)),
  };
}
