import type { PlanAssertion, PlanCommand, PlanStage, PlanStep } from '../../model/plan.ts';
import { clip, visible } from '../text/visible.ts';
import { shownWord } from './shell-text.ts';

export const stageTitles = {
  preserve: 'Keep what would be lost',
  'lights-on': 'Lights on',
  contain: 'Contain',
  'cut-re-entry': 'Cut the ways back in',
  delete: 'Delete',
  recover: 'Put back and rotate',
  release: 'Take our own denies away',
  harden: 'Harden',
} as const satisfies Record<PlanStage, string>;

export const stageNotes = {
  preserve: 'Evidence that dies on a clock or with the thing it lies in.',
  'lights-on': 'Trails and detectors first, so that everything below is recorded.',
  contain: 'One batch: a watching intruder undoes single steps. All of it can be taken back.',
  'cut-re-entry': 'What would let the intruder in again: triggers, endpoints, then functions and roles.',
  delete: 'Only what an event proves to be of the intruder’s making. It cannot be taken back.',
  recover: 'What was altered is put back; what was read is changed.',
  release: 'Not before the sessions that they hold have ended.',
  harden: 'Tickets for later: nothing here is urgent in the middle of an incident.',
} as const satisfies Record<PlanStage, string>;

const longestText = 2_000;
/** More than any policy that IAM takes. */
const longestCommand = 40_000;

export function shown(text: string): string {
  return visible(clip(text, longestText));
}

/** The call as it would be typed; hidden characters are shown, not sent. */
export function shownCommand({ argv, region }: Pick<PlanCommand, 'argv' | 'region'>): string {
  const all = region === undefined ? argv : [...argv, '--region', region];
  const words = all.map((word) => shownWord(visible(clip(word, longestCommand))));
  return ['aws', ...words].join(' ');
}

/** Region and account stand with the step unless the call has its own region. */
export function placedCommand(command: PlanCommand | PlanAssertion, step: PlanStep): string {
  const region = command.region ?? step.region;
  return shownCommand({ argv: command.argv, ...(region === null ? {} : { region }) });
}

export function placeText({ accountId, region }: PlanStep): string {
  const account = accountId === null ? 'any account' : `account ${shown(accountId)}`;
  return region === null ? account : `${account}, ${shown(region)}`;
}
