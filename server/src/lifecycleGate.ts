import { ErrorCodes, Message, ResponseError, type Connection, type MessageStrategy } from 'vscode-languageserver/node';

/** What takes the place of a request's method when it is refused; no client can send a request of this name. */
const refused = '$/labelless/refused';

/**
 * Refuses what a client may not send before `initialize` and after `shutdown` (Language Server Protocol 3.17, Lifecycle
 * Messages): requests get the protocol's errors, and notifications but `exit` are dropped. The library that carries the
 * messages would hand them on.
 */
export class LifecycleGate implements MessageStrategy {
  private state: 'new' | 'initialized' | 'shut down' = 'new';

  handleMessage(message: Message, next: (message: Message) => void): void {
    if (Message.isRequest(message)) {
      const isAllowed = this.allows(message.method);
      if (isAllowed && message.method === 'initialize') this.state = 'initialized';
      if (isAllowed && message.method === 'shutdown') this.state = 'shut down';
      next(isAllowed ? message : ({ ...message, method: refused, params: undefined } as Message));
    } else if (!Message.isNotification(message) || this.state === 'initialized' || message.method === 'exit')
      next(message);
  }

  /** Answers the refused requests. */
  register(connection: Connection): void {
    connection.onRequest(refused, () => {
      throw this.state === 'new'
        ? new ResponseError(ErrorCodes.ServerNotInitialized, 'the server has not been initialized yet')
        : new ResponseError(
            ErrorCodes.InvalidRequest,
            this.state === 'initialized' ? 'the server is initialized already' : 'the server has been shut down',
          );
    });
  }

  private allows(method: string): boolean {
    if (method === refused) return false;
    return method === 'initialize' ? this.state === 'new' : this.state === 'initialized';
  }
}
