"""Answers how long a training step takes: for each line with a count of steps on standard input it prints seconds a step,
and seconds of processor time a step."""
import sys
import time


def answer(step):
    """Runs `step` once to warm up, prints `ready`, and answers until the input ends."""
    step()
    print('ready', flush=True)
    for line in sys.stdin:
        steps = int(line)
        start, processor = time.perf_counter(), time.process_time()
        for _ in range(steps):
            step()
        print((time.perf_counter() - start) / steps, (time.process_time() - processor) / steps, flush=True)
