import type { LanguageClient } from 'vscode-languageclient/node';
import type * as vscode from 'vscode';
import {
  AdaptRequest,
  ControlTrainingRunRequest,
  EvaluateRequest,
  FollowTrainingRunRequest,
  ListTrainingRunsRequest,
  ReadTrainingRunRequest,
  type AdaptParams,
  type EvaluateParams,
  type TrainingRunAction,
} from '../../protocol/trainingMessages';
import type { EvaluationResult, TrainingRunContents, TrainingRun } from '../../protocol/trainingRun';
import { readResult } from './results';

/** The server's messages about training runs; see protocol/adapt.ts. */
export class TrainingClient {
  constructor(private readonly client: LanguageClient) {}

  adapt(params: AdaptParams): Promise<TrainingRun> {
    return this.client.sendRequest(AdaptRequest, params);
  }

  async read(folder: string): Promise<TrainingRunContents> {
    return readResult(await this.client.sendRequest(ReadTrainingRunRequest, { folder }));
  }

  list(folders: string[]): Promise<TrainingRun[]> {
    return this.client.sendRequest(ListTrainingRunsRequest, { folders });
  }

  follow(folder: string, follow: boolean): Promise<TrainingRun> {
    return this.client.sendRequest(FollowTrainingRunRequest, { folder, follow });
  }

  control(folder: string, action: TrainingRunAction): Promise<void> {
    return this.client.sendRequest(ControlTrainingRunRequest, { folder, action });
  }

  evaluate(params: EvaluateParams, token: vscode.CancellationToken): Promise<EvaluationResult> {
    return this.client.sendRequest(EvaluateRequest, params, token);
  }
}
