// Copy buttons beside values, and a link to every chapter, card and step.
{
  const copied = async (text, source) => {
    try {
      await navigator.clipboard.writeText(text);
      return 'Copied';
    } catch {
      if (source !== null) {
        getSelection().selectAllChildren(source);
      }
      return source === null ? 'In the address bar' : 'Selected';
    }
  };

  const flash = (element, word, rest) => {
    element.textContent = word;
    announce(word);
    setTimeout(() => {
      element.textContent = rest;
    }, 1500);
  };

  for (const source of document.querySelectorAll('[data-copy]')) {
    const button = make('button', { type: 'button', className: 'copy', text: 'Copy' });
    button.setAttribute('aria-label', source.dataset.copy || `Copy ${source.textContent.slice(0, 200)}`);
    button.addEventListener('click', async () =>
      flash(button, await copied(source.textContent, source), 'Copy'),
    );
    source.after(button);
  }

  const linked = [
    ['.chapter[id] > .chapter-head', 'h2'],
    ['[data-card][id] > .card-head', 'h3'],
    ['[data-step][id]', '.plan-step-title'],
  ];
  for (const [selector, heading] of linked) {
    for (const place of document.querySelectorAll(selector)) {
      const { id } = place.closest('[id]');
      const anchor = make('a', { className: 'anchor', href: `#${encodeURIComponent(id)}`, text: '#' });
      const name = place.querySelector(heading)?.firstChild?.textContent.trim() ?? id;
      anchor.setAttribute('aria-label', `Link to ${name.slice(0, 80)}`);
      anchor.addEventListener('click', async () => {
        const here = location.href.split('#', 1)[0];
        flash(anchor, await copied(`${here}#${encodeURIComponent(id)}`, null), '#');
      });
      place.append(anchor);
    }
  }
}
