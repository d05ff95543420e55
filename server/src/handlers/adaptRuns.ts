import type * as z from 'zod';
import { ControlRunRequest, FollowRunRequest, ListRunsRequest, ReadRunRequest } from '../../../protocol/adapt';
import { askRun } from '../engine/adaptation/control';
import { listRuns, readRun } from '../engine/adaptation/readRun';
import { spillLarge } from '../jobs/spill';
import { controlParams, followParams, listParams, runParams } from './adaptParams';
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
  answer(ReadRunRequest.method, runParams, async ({ folder }) => spillLarge(await readRun(folder), spill));
  answer(ListRunsRequest.method, listParams, ({ folders }) => listRuns(folders));
  answer(ControlRunRequest.method, controlParams, ({ folder, action }) => askRun(folder, action));
  answer(FollowRunRequest.method, followParams, async ({ folder, follow }) => {
    const { run } = await runs.follow(folder);
    if (!follow) await runs.leave(folder);
    return run;
  });
}
