/** What a training process is to do; the first argument of its program, as JSON. */
export interface TrainingSpec {
  /** The experiment file. */
  readonly file: string;
  readonly mode: 'new' | 'resume' | 'replace';
  /** Threads of the CPU back ends; 0 counts the free cores. */
  readonly threads: number;
  /** Empty: none. */
  readonly tensorflowFolder: string;
  /** Seconds without a follower after which the run stops. */
  readonly followerTimeout: number;
}

/** What a training process tells whoever started it, once; from then on its run's folder tells the rest. */
export type TrainingReply = { readonly type: 'began' } | { readonly type: 'failed'; readonly message: string };
