// The chapter that is being read is marked in the contents.
{
  const fold = document.querySelector('[data-contents]');
  const narrow = matchMedia('(max-width: 62rem)');
  const links = [...document.querySelectorAll('[data-contents] a[href^="#"]')]
    .map((link) => ({ link, target: document.getElementById(link.hash.slice(1)) }))
    .filter(({ target }) => target !== null);

  const keepInSight = (link) => {
    const [inner, outer] = [link.getBoundingClientRect(), fold.getBoundingClientRect()];
    if (inner.top < outer.top) {
      fold.scrollTop -= outer.top - inner.top + 24;
    } else if (inner.bottom > outer.bottom) {
      fold.scrollTop += inner.bottom - outer.bottom + 24;
    }
  };

  let current = null;
  const mark = () => {
    const line = innerHeight / 4;
    let found = links[0] ?? null;
    let lowest = Number.NEGATIVE_INFINITY;
    for (const entry of links) {
      const { top } = entry.target.getBoundingClientRect();
      const shown = entry.target.getClientRects().length > 0;
      if (shown && top <= line && top >= lowest) {
        found = entry;
        lowest = top;
      }
    }
    if (found !== current) {
      current?.link.removeAttribute('aria-current');
      found?.link.setAttribute('aria-current', 'location');
      current = found;
      if (found !== null && !narrow.matches) {
        keepInSight(found.link);
      }
    }
  };

  let waiting = false;
  const later = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    }
  };

  if (fold !== null) {
    const foldWhereNarrow = () => {
      fold.open = !narrow.matches;
    };
    foldWhereNarrow();
    narrow.addEventListener('change', foldWhereNarrow);
    addEventListener('scroll', later, { passive: true });
    addEventListener('resize', later);
    mark();
  }
}
