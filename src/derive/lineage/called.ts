/** What an event calls; names repeat across services. */
export interface Called {
  readonly source: string;
  readonly name: string;
}

/** Numbers calls from 0 as they are met: a large log has very many events and few calls. */
export class CalledNumbers {
  readonly calls: Called[] = [];
  readonly #bySource = new Map<string, Map<string, number>>();

  of({ source, name }: Called): number {
    let names = this.#bySource.get(source);
    if (names === undefined) {
      names = new Map<string, number>();
      this.#bySource.set(source, names);
    }
    let number = names.get(name);
    if (number === undefined) {
      number = this.calls.length;
      names.set(name, number);
      this.calls.push({ source, name });
    }
    return number;
  }
}

/** Finds events by what they call without making them. */
export class CalledIndex {
  readonly #calls: readonly Called[];
  /** By place: number of the call. */
  readonly #numbers: Int32Array;

  constructor(calls: readonly Called[], numbers: Int32Array) {
    this.#calls = calls;
    this.#numbers = numbers;
  }

  /** Calls `visit` with the place of every event that calls what is wanted, in their order. */
  eachPlace(wanted: (called: Called) => boolean, visit: (place: number) => void): void {
    const isWanted = Uint8Array.from(this.#calls, (called) => Number(wanted(called)));
    if (!isWanted.includes(1)) {
      return;
    }
    const numbers = this.#numbers;
    for (let place = 0; place < numbers.length; place += 1) {
      if (isWanted[numbers[place] ?? 0] === 1) {
        visit(place);
      }
    }
  }
}
