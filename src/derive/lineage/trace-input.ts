import type { ActivityList } from '../../model/activity-list.ts';
import type { EventList } from '../../model/event-list.ts';
import type { EventCoverage } from '../../model/event-source.ts';
import type { Incident } from '../../model/incident.ts';

export interface TraceInput {
  /** Events named in `lineageEvents`, in any order; the same event may come several times. */
  readonly events: EventList;
  /** Counted activity of every credential; buckets of one key may come several times. */
  readonly activity: ActivityList;
  readonly incident: Incident;
  /** The evidence's own time, UTC. */
  readonly asOf: string;
  /** Accounts of the organization, where known: an account outside it is foreign. */
  readonly organizationAccountIds?: readonly string[];
  /** What the sources covered: only inside it can "never used" be said. */
  readonly coverage?: readonly EventCoverage[];
}
