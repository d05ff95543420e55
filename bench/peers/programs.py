"""Runs published programs from their own files, unchanged: what they need of older libraries, and what they would show in a
window, is mended around them. A program answers the label map of a picture, and how long it took."""
import contextlib
import importlib.util
import io
import pathlib
import runpy
import sys
import time
from unittest import mock

import cv2
import numpy as np
import torch


class Clock(io.StringIO):
    """Standard output of a program that prints a line each iteration: when did it?"""
    def __init__(self, mark):
        super().__init__()
        self.mark, self.times = mark, []

    def write(self, text):
        if self.mark in text:
            self.times.append(time.perf_counter())
        return len(text)


def run(program, mark, iterations, published, patches):
    """What a call answers, and its times. It prints `mark` each iteration; `iterations` of those `published` were asked for, 0 for all."""
    torch.manual_seed(1)
    clock = Clock(mark)
    start, processor = time.perf_counter(), time.process_time()
    with contextlib.ExitStack() as stack:
        for patch in [mock.patch.object(sys, 'stdout', clock), *patches]:
            stack.enter_context(patch)
        answer = program()
    times = {'seconds': time.perf_counter() - start, 'processor': time.process_time() - processor}
    ran = len(clock.times)
    if iterations and ran == iterations:  # it did not end by itself
        times['extrapolated'] = times['seconds'] + (published - ran) * (clock.times[-1] - clock.times[0]) / (ran - 1)
    return answer, times


def kanezaki(folder, iterations):
    """pytorch-unsupervised-segmentation-tip: demo.py trains when it is run, and leaves the labels in a global."""
    published = 1000

    def segment(file):
        arguments = ['demo.py', '--visualize', '0', '--maxIter', str(iterations or published), '--input', str(pathlib.Path(file).resolve())]
        patches = [mock.patch.object(sys, 'argv', arguments), mock.patch.object(cv2, 'imwrite', lambda *_: True)]
        left, times = run(lambda: runpy.run_path(str(folder / 'demo.py')), 'label num', iterations, published, patches)
        return [left['im_target'].reshape(left['im'].shape[:2])], times
    return segment


def yonv1943(folder, iterations):
    """Unsupervised-Segmentation: demo_modify.py's run() writes a picture in which each label has a colour."""
    spec = importlib.util.spec_from_file_location('demo_modify', folder / 'demo_modify.py')
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    published = program.Args.train_epoch
    program.Args.train_epoch = iterations or published

    def segment(file):
        program.Args.input_image_path = str(pathlib.Path(file).resolve())
        written = []
        patches = [
            mock.patch.object(cv2, 'imshow', lambda *_: None), mock.patch.object(cv2, 'waitKey', lambda *_: -1),
            mock.patch.object(cv2, 'imwrite', lambda _, picture: written.append(picture)),
        ]
        _, times = run(program.run, 'Loss:', iterations, published, patches)
        return [written[0].astype(np.int64) @ [65536, 256, 1]], times
    return segment


def open_program(options):
    if not options.source:
        raise SystemExit(f'{options.peer} needs its own code')
    torch.set_num_threads(options.threads)
    np.int = int  # gone from NumPy since 1.24
    folder = pathlib.Path(options.source).resolve()
    return {'kanezaki': kanezaki, 'yonv1943': yonv1943}[options.peer](folder, options.iterations)
