/** Which findings are shown, in which order. Texts are compared once in their dictionary, not once for each finding. */
findingsTable.filter = (() => {
  /** Messages are searched as they read; nobody looks for the others. */
  const unsearched = ['message', 'evidenceKey', 'evidencePointer', 'evidenceAsOf', 'acceptedUntil'];
  const searched = findingsTable.texts.filter((name) => !unsearched.includes(name));

  return (findings) => {
    const { data, count, column } = findings;
    const accountNames = new Map(data.accounts);
    const techniques = new Map(data.checks.map((check) => [check.id, check.techniques]));
    const lowered = new Map();
    const messages = [];

    const label = (name, text) => {
      if (name === 'account') {
        return `${text} ${accountNames.get(text) ?? ''}`;
      }
      if (name === 'check') {
        return `${text} ${techniques.get(text)?.join(' ') ?? ''}`;
      }
      const labels = data.labels[name];
      return labels === undefined ? text : `${text} ${labels[text]}`;
    };

    const loweredTexts = (name) => {
      const known = lowered.get(name);
      if (known !== undefined) {
        return known;
      }
      const made = column(name).texts.map((text) => (text === null ? '' : label(name, text).toLowerCase()));
      lowered.set(name, made);
      return made;
    };

    /** Makes up to so many messages ready for the search; false when none is left. */
    const prepare = (most) => {
      const end = Math.min(count, messages.length + most);
      for (let row = messages.length; row < end; row += 1) {
        messages.push(findings.message(row).toLowerCase());
      }
      return end < count;
    };

    const keepWord = (kept, word) => {
      prepare(count);
      const hits = searched.flatMap((name) => {
        const texts = loweredTexts(name);
        const found = new Uint8Array(texts.length);
        let any = false;
        for (let index = 1; index < texts.length; index += 1) {
          if (texts[index].includes(word)) {
            found[index] = 1;
            any = true;
          }
        }
        return any ? [{ found, rows: column(name).rows }] : [];
      });
      for (let row = 0; row < count; row += 1) {
        if (kept[row] === 1) {
          let found = 0;
          for (let index = 0; index < hits.length && found === 0; index += 1) {
            found = hits[index].found[hits[index].rows[row]];
          }
          kept[row] = found === 1 || messages[row].includes(word) ? 1 : 0;
        }
      }
    };

    const keepTexts = (kept, name, wanted) => {
      const { texts, rows } = column(name);
      const found = Uint8Array.from(texts, (text) => (text !== null && wanted(text) ? 1 : 0));
      for (let row = 0; row < count; row += 1) {
        kept[row] &= found[rows[row]];
      }
    };

    const keptBy = (filter) => {
      const kept = new Uint8Array(count).fill(1);
      for (const name of ['severity', 'decision', 'attribution', 'account', 'service']) {
        if (filter[name]) {
          keepTexts(kept, name, (text) => text === filter[name]);
        }
      }
      if (filter.technique) {
        keepTexts(kept, 'check', (id) => techniques.get(id)?.includes(filter.technique) === true);
      }
      for (const word of filter.words ?? []) {
        keepWord(kept, word.toLowerCase());
      }
      return kept;
    };

    /** All findings by a column, equal ones in the result's order; those without a value stand last. */
    const ordered = (name, descending) => {
      const order = Uint32Array.from({ length: count }, (_, row) => row);
      if (name === null) {
        return order;
      }
      const { texts, rows } = column(name);
      const last = texts.length;
      const keys = new Float64Array(count);
      for (let row = 0; row < count; row += 1) {
        const rank = rows[row];
        const place = rank === 0 || !descending ? rank : last - rank;
        keys[row] = (rank === 0 ? last : place) * count + row;
      }
      keys.sort();
      return order.map((_, index) => keys[index] % count);
    };

    const countsOf = (name, rows) => {
      const { texts, rows: places } = column(name);
      const counts = new Uint32Array(texts.length);
      for (const row of rows) {
        counts[places[row]] += 1;
      }
      return texts.flatMap((text, index) =>
        text === null || counts[index] === 0
          ? []
          : [{ label: data.labels[name][text], count: counts[index] }],
      );
    };

    return {
      prepare,
      ordered,
      countsOf,
      select: (filter, order) => {
        const kept = keptBy(filter);
        return order.filter((row) => kept[row] === 1);
      },
    };
  };
})();
