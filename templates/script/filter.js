// One form filters and orders the cards; the address keeps it, so that a view can be shared and gone back to.
if (toolbar !== null) {
  const fields = ['text', 'severity', 'decision', 'account', 'service', 'technique', 'attribution', 'order'];
  const kinds = ['severity', 'decision', 'account', 'service', 'technique', 'attribution'];
  const controls = toolbar.elements;
  const status = toolbar.querySelector('[data-status]');
  const main = document.getElementById('main');
  const chapters = [...document.querySelectorAll('[data-chapter]')];
  const marks = [...document.querySelectorAll('.phase')];
  const ranks = ['critical', 'high', 'medium', 'low', 'info'];
  const texts = new Map();

  const textOf = (card) => {
    const known = texts.get(card) ?? card.textContent.toLowerCase();
    texts.set(card, known);
    return known;
  };

  const wanted = () => ({
    words: controls.text.value.toLowerCase().split(/\s+/).filter(Boolean),
    ...Object.fromEntries(kinds.map((kind) => [kind, controls[kind].value])),
  });

  const has = (tokens, value) => value === '' || tokens.includes(`|${value}|`);
  const matches = (card, want) =>
    (want.decision === '' || card.dataset.decision === want.decision) &&
    has(card.dataset.severities, want.severity) &&
    has(card.dataset.accounts, want.account) &&
    has(card.dataset.services, want.service) &&
    has(card.dataset.techniques, want.technique) &&
    has(card.dataset.attributions, want.attribution) &&
    want.words.every((word) => textOf(card).includes(word));

  const statusText = (shown) => {
    const others =
      document.getElementById('all-findings') === null
        ? 'Groups that are only counted'
        : 'The list of all findings is filtered too; groups that are only counted';
    return `Filtered: ${shown} of ${cards.length} groups of findings match, and only they are shown. ${others} are not searched here.`;
  };

  const apply = () => {
    const want = wanted();
    const chosen = kinds.filter((kind) => want[kind] !== '').length;
    const filtering = want.words.length > 0 || chosen > 0;
    let shown = 0;
    for (const card of cards) {
      card.hidden = filtering && !matches(card, want);
      shown += card.hidden ? 0 : 1;
    }
    for (const chapter of chapters) {
      chapter.hidden = filtering && chapter.querySelector('[data-card]:not([hidden])') === null;
    }
    main.toggleAttribute('data-filtering', filtering);
    for (const mark of marks) {
      mark.toggleAttribute(
        'data-idle',
        filtering && mark.querySelector('[data-chapter]:not([hidden]), #all-findings') === null,
      );
    }
    status.textContent = filtering ? statusText(shown) : '';
    toolbar.querySelector('[data-filters-count]').textContent = chosen === 0 ? '' : ` (${chosen})`;
    document.dispatchEvent(new CustomEvent('afterleak:filter', { detail: want }));
  };

  const reported = new Map(cards.map((card, index) => [card, index]));
  const orders = {
    '': () => 0,
    severity: (left, right) => ranks.indexOf(left.dataset.severity) - ranks.indexOf(right.dataset.severity),
    name: (left, right) =>
      left.querySelector('h3').textContent.localeCompare(right.querySelector('h3').textContent),
    // What nobody dated comes last.
    'first-seen': (left, right) =>
      (left.dataset.firstSeen || '9').localeCompare(right.dataset.firstSeen || '9'),
  };
  const order = () => {
    const compare = orders[controls.order.value] ?? orders[''];
    for (const chapter of chapters) {
      const own = [...chapter.querySelectorAll('[data-card]')];
      const next = own.at(-1)?.nextSibling ?? null;
      own.sort((left, right) => compare(left, right) || reported.get(left) - reported.get(right));
      for (const card of own) {
        chapter.insertBefore(card, next);
      }
    }
  };

  const fragment = () => {
    const kept = new URLSearchParams();
    for (const field of fields) {
      const value = controls[field].value.trim();
      if (value !== '') {
        kept.set(field, value);
      }
    }
    return kept.size === 0 ? '' : `#?${kept}`;
  };

  /** While someone types, one step back undoes the whole word. */
  const remember = (typing) => {
    const next = fragment();
    if (next === location.hash || (next === '' && !location.hash.startsWith('#?'))) {
      return;
    }
    const url = location.href.split('#', 1)[0] + next;
    if (typing && history.state === 'typing') {
      history.replaceState('typing', '', url);
    } else {
      history.pushState(typing ? 'typing' : 'chosen', '', url);
    }
  };

  const fill = (kept) => {
    for (const field of fields) {
      controls[field].value = kept.get(field) ?? '';
    }
    if (kinds.some((kind) => controls[kind].value !== '')) {
      toolbar.querySelector('[data-filters]').open = true;
    }
    order();
    apply();
  };

  const linkedTo = (fragment) => {
    try {
      return document.getElementById(decodeURIComponent(fragment));
    } catch {
      return null;
    }
  };

  /** A link must not lead to what a filter or a fold hides. */
  const reveal = () => {
    const target = linkedTo(location.hash.slice(1));
    if (target === null) {
      return;
    }
    for (let fold = target.closest('details'); fold !== null; fold = fold.parentElement.closest('details')) {
      fold.open = true;
    }
    if (target.getClientRects().length === 0) {
      fill(new URLSearchParams());
    }
    target.scrollIntoView();
  };

  const read = () => {
    if (location.hash.startsWith('#?')) {
      fill(new URLSearchParams(location.hash.slice(2)));
    } else if (location.hash === '') {
      fill(new URLSearchParams());
    } else {
      reveal();
    }
  };

  toolbar.hidden = false;
  toolbar.addEventListener('input', (event) => {
    if (event.target === controls.order) {
      order();
    }
    apply();
    remember(event.target === controls.text);
  });
  toolbar.addEventListener('submit', (event) => event.preventDefault());
  toolbar.addEventListener('reset', () =>
    setTimeout(() => {
      order();
      apply();
      remember(false);
    }),
  );
  addEventListener('popstate', read);
  if (location.hash !== '') {
    read();
  }
}
