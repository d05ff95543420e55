import { version } from '../../../package.json';
import { backendNames } from '../../../protocol/names';
import type { BackendReport, RunnableBackendName } from '../../../protocol/backends';
import type { ServerStatus } from '../../../protocol/statusMessages';

/** Collects the server's status (back ends and jobs) and sends it to the client when it changes. */
export class StatusReporter {
  private inUse: RunnableBackendName | undefined;
  private readonly reports = new Map<RunnableBackendName, BackendReport>();
  private sent = '';
  private due = false;

  /**
   * @param jobs counts of jobs now
   * @param send sends the status to the client
   */
  constructor(
    private readonly jobs: () => Pick<ServerStatus, 'running' | 'waiting'>,
    private readonly send: (status: ServerStatus) => void,
  ) {}

  get status(): ServerStatus {
    const backends = backendNames
      .filter(name => name !== 'auto')
      .map(name => this.reports.get(name) ?? { name, state: 'untried' as const });
    return { ...(this.inUse && { backend: this.inUse }), backends, ...this.jobs(), version };
  }

  /** Sends the status soon, once for simultaneous changes, and only if it differs from the last one sent. */
  changed(): void {
    if (this.due) return;
    this.due = true;
    setImmediate(() => {
      this.due = false;
      const { status } = this;
      const text = JSON.stringify(status);
      if (text === this.sent) return;
      this.sent = text;
      this.send(status);
    });
  }

  /** Records that a job runs on the back end `name`, and the trials made to choose it. */
  uses(name: RunnableBackendName, trials: readonly BackendReport[]): void {
    this.inUse = name;
    const known = this.reports.get(name);
    this.tried([...(known?.state === 'works' ? [] : [{ name, state: 'works' as const }]), ...trials]);
  }

  /** Records the outcome of trying back ends. */
  tried(reports: readonly BackendReport[]): void {
    for (const report of reports) this.reports.set(report.name, report);
    this.changed();
  }
}
