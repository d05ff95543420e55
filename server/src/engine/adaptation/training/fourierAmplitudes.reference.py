"""Writes fourierAmplitudes.reference.json: pictures with the low amplitudes of others, as bytes, by NumPy's fft2 and the
published masks of frequencies. Usage: python fourierAmplitudes.reference.py. Needs numpy."""
import json
import math
import pathlib

import numpy

WIDTH, HEIGHT = 13, 10


def picture(step):
    """The bytes of a picture, [3,H,W]; the same formula as in the test."""
    c, y, x = numpy.meshgrid(range(3), range(HEIGHT), range(WIDTH), indexing='ij')
    return ((step * x + 3 * step * y + 50 * c + 5 * ((x * y) % 7)) % 256).astype(numpy.float64)


def exchanged(source, target, window):
    from_source, from_target = [numpy.fft.fftshift(numpy.fft.fft2(each), axes=(1, 2)) for each in (source, target)]
    amplitudes = numpy.abs(from_source)
    middle_y, middle_x = HEIGHT // 2, WIDTH // 2
    most_y, most_x = math.floor(window * HEIGHT), math.floor(window * WIDTH)
    inside = numpy.s_[:, middle_y - most_y:middle_y + most_y + 1, middle_x - most_x:middle_x + most_x + 1]
    amplitudes[inside] = numpy.abs(from_target)[inside]
    changed = amplitudes * numpy.exp(1j * numpy.angle(from_source))
    result = numpy.fft.ifft2(numpy.fft.ifftshift(changed, axes=(1, 2)))
    assert numpy.abs(result.imag).max() < 1e-9
    return result.real


results = [{'window': window, 'bytes': [round(value, 4) for value in exchanged(picture(11), picture(29), window).flatten()]}
           for window in (0, 0.1, 0.16, 0.25)]
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(results) + '\n')
