#!/usr/bin/env python3
"""snr.py FILE left|right|mono HZ LEAST: the signal to noise ratio of a tone in a recording, in dB: in each tenth of a second the best
sine of that frequency is taken out, and what is left is noise. Prints what a tenth of
them reach, since a busy machine conceals late packets in the others; exit code 1 when it is below LEAST."""
import math
import sys

from tone import read


def ratio(x, rate, hz):
    n = len(x)
    mean = sum(x) / n
    x = [v - mean for v in x]
    best = -99.0
    for step in range(-8, 9):  # a sound card's clock, or ours, may be a little off
        w = 2 * math.pi * hz * (1 + step * 2.5e-5) / rate
        c = sum(v * math.cos(w * i) for i, v in enumerate(x)) * 2 / n
        s = sum(v * math.sin(w * i) for i, v in enumerate(x)) * 2 / n
        left = sum((v - c * math.cos(w * i) - s * math.sin(w * i)) ** 2 for i, v in enumerate(x)) / n
        best = max(best, 10 * math.log10((c * c + s * s) / 2 / max(left, 1e-9)) if c or s else -99.0)
    return best


rate, samples = read(sys.argv[1], sys.argv[2])
hz, least = float(sys.argv[3]), float(sys.argv[4])
size = rate // 10
loud = [samples[i:i + size] for i in range(0, len(samples) - size + 1, size)]
loud = [x for x in loud if math.sqrt(sum(v * v for v in x) / size) > 300][1:-1]
found = sorted(ratio(x, rate, hz) for x in loud)
if not found:
    print("no tone at all")
    sys.exit(1)
good = found[len(found) * 9 // 10]
print(f"{hz:.0f} Hz at {good:.0f} dB over noise")
sys.exit(0 if good >= least else 1)
