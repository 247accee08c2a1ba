import { networkContains } from '../../iam/ip-network.ts';
import type { Incident } from '../../model/incident.ts';
import type { ActivityTable } from './activity-table.ts';
import type { PreparedLog } from './prepared-log.ts';

/** Where and with what a call was made. */
export interface CallSource {
  readonly at: number;
  readonly sourceIp: string | null;
  readonly userAgent: string | null;
}

/** Who holds a leaked credential at one call. `before`: the owner, before the incident began. */
export type Hand = 'intruder' | 'owner' | 'before';

/** Words that name no tool. */
const plumbing = new Set(['os', 'lang', 'md', 'ua', 'cfg', 'api', 'exec-env', 'ft', 'cfg', 'm']);

/** The tools in a user agent without their versions: `aws-cli python linux`. */
export function agentFamily(userAgent: string | null): string {
  const bare = (userAgent ?? '').toLowerCase();
  const products = [...bare.matchAll(/([a-z][\w.+-]*)\//g)].map(([, name = '']) => name);
  const telling = products.filter((name) => !plumbing.has(name)).slice(0, 3);
  return telling.length > 0 ? telling.join(' ') : bare.replaceAll(/[0-9a-f-]{8,}/g, '').trim();
}

/** The neighbourhood of an address: a /24 or a /64; what is no address stays itself. */
export function neighbourhood(sourceIp: string | null): string {
  const address = sourceIp ?? '';
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) {
    return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  }
  return address.includes(':') ? `${address.split(':').slice(0, 4).join(':')}::/64` : address;
}

export function insideAny(networks: readonly string[], sourceIp: string | null): boolean {
  return sourceIp !== null && networks.some((network) => networkContains(network, sourceIp) === true);
}

function once<Value>(known: Map<string, Value>, key: string, tell: (key: string) => Value): Value {
  const told = known.get(key) ?? tell(key);
  known.set(key, told);
  return told;
}

/** An address of a client; service names and `AWS Internal` are shared by everybody. */
export function isAddress(sourceIp: string | null): sourceIp is string {
  return sourceIp !== null && /^[0-9a-f.:]+$/i.test(sourceIp) && /[.:]/.test(sourceIp);
}

/** Tells the owner of a leaked credential from the intruder, as far as it can be told. */
export class Hands {
  readonly #incident: Incident;
  readonly #from: number;
  readonly #habits = new Set<string>();
  /** Addresses and agents come again and again: each is looked at once. */
  readonly #trusted = new Map<string, boolean>();
  readonly #indicated = new Map<string, boolean>();
  readonly #families = new Map<string, string>();

  constructor(
    incident: Incident,
    isSeed: (credential: string | null, actorArn: string | null) => boolean,
    log: PreparedLog,
    activity: ActivityTable,
  ) {
    this.#incident = incident;
    this.#from = incident.window === null ? Number.NEGATIVE_INFINITY : Date.parse(incident.window.from);
    if (incident.window === null) {
      return;
    }
    let place = -1;
    for (const event of log.events) {
      place += 1;
      if (log.timeAt(place) < this.#from && isSeed(event.actor.accessKeyId, event.actor.arn)) {
        this.#habits.add(this.#habit(event));
      }
    }
    for (const bucket of activity) {
      if (isSeed(bucket.credential, bucket.actorArn) && bucket.firstTime < this.#from) {
        this.#habits.add(this.#habit(bucket));
      }
    }
  }

  /** False: nothing tells the two apart, every call inside the window is taken for the intruder's. */
  get canTell(): boolean {
    return this.#habits.size > 0 || this.#incident.trusted.networks.length > 0;
  }

  isIndicated({ sourceIp, userAgent }: Pick<CallSource, 'sourceIp' | 'userAgent'>): boolean {
    const { sourceIps, userAgents } = this.#incident.indicators;
    const isIndicatedAddress = (address: string): boolean =>
      insideAny(sourceIps, address) || sourceIps.includes(address);
    return (
      (sourceIp !== null && sourceIps.length > 0 && once(this.#indicated, sourceIp, isIndicatedAddress)) ||
      (userAgent !== null && userAgents.includes(userAgent))
    );
  }

  isTrusted(sourceIp: string | null): boolean {
    const { networks } = this.#incident.trusted;
    return (
      sourceIp !== null &&
      networks.length > 0 &&
      once(this.#trusted, sourceIp, (address) => insideAny(networks, address))
    );
  }

  of(call: CallSource): Hand {
    if (this.isIndicated(call)) {
      return 'intruder';
    }
    if (call.at < this.#from) {
      return 'before';
    }
    return this.isTrusted(call.sourceIp) || this.#isHabit(call) ? 'owner' : 'intruder';
  }

  #isHabit(call: CallSource): boolean {
    return this.#habits.size > 0 && this.#habits.has(this.#habit(call));
  }

  #habit({ sourceIp, userAgent }: Pick<CallSource, 'sourceIp' | 'userAgent'>): string {
    const family = once(this.#families, userAgent ?? '', agentFamily);
    return `${family}\n${neighbourhood(sourceIp)}`;
  }
}
