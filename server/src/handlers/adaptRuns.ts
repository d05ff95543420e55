import type * as z from 'zod';
import { askRun } from '../engine/adaptation/run/runControl';
import { listRuns, readRun } from '../engine/adaptation/run/readRun';
import {
  ControlTrainingRunRequest,
  FollowTrainingRunRequest,
  ListTrainingRunsRequest,
  ReadTrainingRunRequest,
} from '../../../protocol/trainingMessages';
import { spillLarge } from '../jobs/spill';
import type { ServerContext } from './context';
import { requestFailure } from './failure';
import { checked } from './params';

/** `labelless/readRun`, `listRuns`, `followRun` and `controlRun`: runs by their folders, whoever trains them. */
export function registerAdaptRuns({ connection, runs, spill }: ServerContext): void {
  const answer = <P, R>(method: string, schema: z.ZodType<P>, work: (params: P) => Promise<R>) => {
    connection.onRequest(method, async (params: unknown) => {
      const sound = checked(schema, params);
      return work(sound).catch((error: unknown) => {
        throw requestFailure(error);
      });
    });
  };
  answer(ReadTrainingRunRequest.method, ReadTrainingRunRequest.schema, async ({ folder }) =>
    spillLarge(await readRun(folder), spill),
  );
  answer(ListTrainingRunsRequest.method, ListTrainingRunsRequest.schema, ({ folders }) => listRuns(folders));
  answer(ControlTrainingRunRequest.method, ControlTrainingRunRequest.schema, ({ folder, action }) =>
    askRun(folder, action),
  );
  answer(FollowTrainingRunRequest.method, FollowTrainingRunRequest.schema, async ({ folder, follow }) => {
    const { run } = await runs.follow(folder);
    if (!follow) await runs.leave(folder);
    return run;
  });
}
