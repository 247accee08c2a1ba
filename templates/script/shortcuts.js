// Keys for those who read many cards; they can be turned off.
{
  const open = document.querySelector('[data-help]');

  if (toolbar === null || open === null) {
    if (open !== null) {
      open.hidden = true;
    }
  } else {
    const keys = [
      ['/', 'Search the findings'],
      ['j', 'Next card'],
      ['k', 'Card before'],
      ['o', 'Open or close the proof of this card'],
      ['?', 'This list'],
      ['Esc', 'Close this list'],
    ];
    const dialog = make('dialog', { className: 'shortcuts' });
    dialog.setAttribute('aria-labelledby', 'shortcuts-title');
    const list = make('dl');
    for (const [key, meaning] of keys) {
      const name = make('dt');
      name.append(make('kbd', { text: key }));
      list.append(name, make('dd', { text: meaning }));
    }
    const on = make('input', { type: 'checkbox', checked: keeper.read('keys') !== 'off' });
    const label = make('label');
    label.append(on, ' Use single keys on these pages');
    const close = make('button', { type: 'button', text: 'Close' });
    const foot = make('div', { className: 'shortcuts-foot' });
    foot.append(label, close);
    dialog.append(make('h2', { id: 'shortcuts-title', text: 'Keys' }), list, foot);
    document.body.append(dialog);

    on.addEventListener('change', () => keeper.write('keys', on.checked ? 'on' : 'off'));
    close.addEventListener('click', () => dialog.close());
    open.addEventListener('click', () => dialog.showModal());

    const shownCards = () => cards.filter((card) => card.getClientRects().length > 0);
    const step = (direction) => {
      const shown = shownCards().sort((left, right) =>
        left.compareDocumentPosition(right) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
      );
      const at = shown.indexOf(document.activeElement?.closest('[data-card]'));
      const next = at === -1 && direction < 0 ? shown.at(-1) : shown[at + direction];
      if (next !== undefined) {
        next.tabIndex = -1;
        next.focus({ preventScroll: true });
        next.scrollIntoView();
      }
    };
    const actions = {
      '/': () => toolbar.elements.text.focus(),
      j: () => step(1),
      k: () => step(-1),
      o: () => {
        const proof = document.activeElement?.closest('[data-card]')?.querySelector('details');
        if (proof) {
          proof.open = !proof.open;
        }
      },
      '?': () => dialog.showModal(),
    };

    document.addEventListener('keydown', (event) => {
      const typing = event.target instanceof Element && event.target.matches('input, select, textarea');
      const held = event.ctrlKey || event.metaKey || event.altKey;
      if (!on.checked || typing || held || dialog.open || !Object.hasOwn(actions, event.key)) {
        return;
      }
      event.preventDefault();
      actions[event.key]();
    });
  }
}
