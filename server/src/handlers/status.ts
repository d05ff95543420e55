import type { CancellationToken } from 'vscode-languageserver/node';
import { version } from '../../../package.json';
import type { BackendReport } from '../../../protocol/backends';
import { StatusRequest, type ServerStatus } from '../../../protocol/statusMessages';
import { backendNames } from '../../../protocol/backends';
import { abortSignal, neverAborted } from './cancellation';
import type { ServerContext } from './context';
import { checked } from './params';

type Name = BackendReport['name'];

/** What the server tells about itself: the back end in use, reports of the others, jobs. */
export class StatusBoard {
  private inUse: Name | undefined;
  private readonly reports = new Map<Name, BackendReport>();
  private announced = '';
  private due = false;

  /**
   * @param jobs counts of jobs now
   * @param notify sends the status to the client
   */
  constructor(
    private readonly jobs: () => Pick<ServerStatus, 'running' | 'waiting'>,
    private readonly notify: (status: ServerStatus) => void,
  ) {}

  get status(): ServerStatus {
    const backends = backendNames
      .filter(name => name !== 'auto')
      .map(name => this.reports.get(name) ?? { name, state: 'untried' as const });
    return { ...(this.inUse && { backend: this.inUse }), backends, ...this.jobs(), version };
  }

  /** Sends the status soon, once for changes that come together, unless it is what the client has. */
  changed(): void {
    if (this.due) return;
    this.due = true;
    setImmediate(() => {
      this.due = false;
      const { status } = this;
      const text = JSON.stringify(status);
      if (text === this.announced) return;
      this.announced = text;
      this.notify(status);
    });
  }

  /** A job runs on `name`, after these trials. */
  uses(name: Name, trials: readonly BackendReport[]): void {
    this.inUse = name;
    const known = this.reports.get(name);
    this.tried([...(known?.state === 'works' ? [] : [{ name, state: 'works' as const }]), ...trials]);
  }

  tried(reports: readonly BackendReport[]): void {
    for (const report of reports) this.reports.set(report.name, report);
    this.changed();
  }
}

/** `labelless/status`; with `probe`, tries every back end first. */
export function registerStatus({ connection, status, quick, settings }: ServerContext): void {
  connection.onRequest(StatusRequest.method, async (params: unknown, cancellation: CancellationToken) => {
    if (checked(StatusRequest.schema, params)?.probe) {
      const task = { kind: 'probe' as const, settings: await settings.read() };
      status.tried(
        await quick.run<'probe'>(task, {
          stop: neverAborted,
          cancel: abortSignal(cancellation),
          onEvent: () => undefined,
        }),
      );
    }
    return status.status;
  });
}
