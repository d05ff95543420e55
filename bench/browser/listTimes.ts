import type { Browser } from 'playwright-core';
import { maskStatuses } from '../../mask/document/maskStatus';
import { listOrders, wholeList, type SessionImage } from '../../mask/session/imageList';
import { EditorPage } from '../../test/e2e/support/openedPage';
import { dark } from '../../test/e2e/support/themes';

/** Images of every status, in turn. */
function images(count: number): SessionImage[] {
  return Array.from({ length: count }, (_, index) => ({
    path: `street ${String(index).padStart(5, '0')}.jpg`,
    status: maskStatuses[index % maskStatuses.length],
    labels: index % 30,
    classes: [],
    uncertainty: (index % 97) / 97,
  }));
}

/**
 * The list of a session of 20,000 images by itself: milliseconds in which it shows the images, those of a text that is
 * typed, another order, and another place, each with its layout; the best of five.
 */
export async function listTimes(browser: Browser): Promise<Record<string, number>> {
  const view = await EditorPage.open(browser, { name: 'session', theme: dark, width: 300, height: 800 });
  const list = { type: 'list', folder: 'street', reading: false, view: wholeList, classes: [], current: null };
  const times = await view.page.evaluate(
    ([message, orders]) => {
      const best = (action: (turn: number) => void) =>
        Math.min(
          ...Array.from({ length: 5 }, (_, turn) => {
            const started = performance.now();
            action(turn);
            document.body.getBoundingClientRect(); // lays it out
            return performance.now() - started;
          }),
        );
      const shown = best(() => window.dispatchEvent(new MessageEvent('message', { data: message })));
      const box = document.querySelector<HTMLElement>('[role=listbox]')!;
      const text = document.querySelector('input')!;
      const [, order] = document.querySelectorAll('select');
      return {
        shown,
        'filtered by a text': best(turn => {
          text.value = String(turn);
          text.dispatchEvent(new Event('input'));
        }),
        ordered: best(turn => {
          text.value = '';
          order.value = orders[turn % orders.length]!;
          order.dispatchEvent(new Event('change'));
        }),
        scrolled: best(turn => {
          box.scrollTop = 1000 + turn * 50_000;
          box.dispatchEvent(new Event('scroll'));
        }),
      };
    },
    [{ ...list, images: images(20_000) }, listOrders] as const,
  );
  await view.close();
  return Object.fromEntries(Object.entries(times).map(([what, time]) => [`list of 20,000 images, ${what}`, time]));
}
