/** Tells results to screen readers; of several at once, as previews give them, only the last. */
export class Announcer {
  private timer = 0;

  constructor(private readonly live: HTMLElement) {}

  say(text: string): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.live.textContent = text;
    }, 300);
  }
}
