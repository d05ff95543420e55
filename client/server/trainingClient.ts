import type { LanguageClient } from 'vscode-languageclient/node';
import type * as vscode from 'vscode';
import {
  AdaptRequest,
  ControlRunRequest,
  EvaluateRequest,
  FollowRunRequest,
  ListRunsRequest,
  ReadRunRequest,
  type AdaptParams,
  type EvaluateParams,
  type EvaluationResult,
  type RunAction,
  type RunContents,
  type RunDescription,
} from '../../protocol/adapt';
import { readResult } from './results';

/** The server's messages about training runs; see protocol/adapt.ts. */
export class TrainingClient {
  constructor(private readonly client: LanguageClient) {}

  adapt(params: AdaptParams): Promise<RunDescription> {
    return this.client.sendRequest(AdaptRequest, params);
  }

  async read(folder: string): Promise<RunContents> {
    return readResult(await this.client.sendRequest(ReadRunRequest, { folder }));
  }

  list(folders: string[]): Promise<RunDescription[]> {
    return this.client.sendRequest(ListRunsRequest, { folders });
  }

  follow(folder: string, follow: boolean): Promise<RunDescription> {
    return this.client.sendRequest(FollowRunRequest, { folder, follow });
  }

  control(folder: string, action: RunAction): Promise<void> {
    return this.client.sendRequest(ControlRunRequest, { folder, action });
  }

  evaluate(params: EvaluateParams, token: vscode.CancellationToken): Promise<EvaluationResult> {
    return this.client.sendRequest(EvaluateRequest, params, token);
  }
}
