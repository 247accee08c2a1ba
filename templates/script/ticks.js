// Steps of the plan are ticked off in this browser, for this evidence alone. Ticks are notes, not evidence.
{
  const list = document.querySelector('[data-ticks]');
  const steps = list === null ? [] : [...list.querySelectorAll('[data-step]')];

  if (steps.length > 0) {
    const key = `ticks:${list.dataset.ticks}`;
    const boxes = new Map();
    const stages = [...list.querySelectorAll('details')].map((stage) => {
      const tally = make('span', { className: 'detail' });
      stage.querySelector('summary .detail').after(' ', tally);
      return { stage, tally };
    });

    const progress = make('progress', { max: steps.length });
    progress.setAttribute('aria-label', 'Steps ticked off');
    const count = make('span', { role: 'status' });
    const reset = make('button', { type: 'button', text: 'Reset' });
    const note = make('span', {
      className: 'detail',
      text: keeper.lasting
        ? 'Ticked locally by this browser, for this evidence only. A tick is a note, not proof: afterleak verify shows what is gone.'
        : 'This browser keeps nothing for this page: ticks are lost when it is closed. A tick is a note, not proof: afterleak verify shows what is gone.',
    });
    const bar = make('div', { className: 'ticks-bar' });
    bar.append(progress, count, reset, note);
    list.querySelector('h3').after(bar);

    const show = () => {
      let done = 0;
      for (const step of steps) {
        const ticked = boxes.get(step.dataset.step).checked;
        step.toggleAttribute('data-done', ticked);
        done += ticked ? 1 : 0;
      }
      for (const { stage, tally } of stages) {
        const ticked = stage.querySelectorAll('[data-done]').length;
        tally.textContent = ticked === 0 ? '' : `${ticked} ticked`;
      }
      progress.value = done;
      count.textContent = `${done} of ${steps.length} done`;
      reset.hidden = done === 0;
    };

    const read = () => {
      let kept = [];
      try {
        kept = JSON.parse(keeper.read(key) ?? '[]');
      } catch {
        // Something else was written there: nothing is ticked.
      }
      const ticked = new Set(Array.isArray(kept) ? kept : []);
      for (const [id, box] of boxes) {
        box.checked = ticked.has(id);
      }
      show();
    };

    const write = () => {
      keeper.write(key, JSON.stringify([...boxes].filter(([, box]) => box.checked).map(([id]) => id)));
      show();
    };

    for (const step of steps) {
      const box = make('input', { type: 'checkbox' });
      box.setAttribute('aria-labelledby', step.querySelector('.plan-step-title').id);
      boxes.set(step.dataset.step, box);
      step.querySelector('.plan-step-mark').prepend(box, ' ');
      box.addEventListener('change', write);
    }

    let asked = 0;
    reset.addEventListener('click', () => {
      clearTimeout(asked);
      if (reset.dataset.sure === undefined) {
        reset.dataset.sure = '';
        reset.textContent = 'Press again to clear all ticks';
        asked = setTimeout(calm, 5000);
        return;
      }
      calm();
      for (const box of boxes.values()) {
        box.checked = false;
      }
      write();
      boxes.values().next().value.closest('details')?.querySelector('summary').focus();
    });
    const calm = () => {
      delete reset.dataset.sure;
      reset.textContent = 'Reset';
    };

    keeper.onChange(key, read);
    read();
  }
}
