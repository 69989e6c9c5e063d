"""Compares files of ours and of an independent implementation, and prints a line for each pair."""
import array
import math
import os


def row(codec, against, comparisons, frames, differing, must=True):
    """
    Adds a line to the table that conformance/run all prints. What differs is a number, or a text where it is measured otherwise; where it
    need not be 0, must is False.
    """
    table = os.environ.get('CONFORMANCE_TABLE')
    if table:
        with open(table, 'a') as file:
            file.write('\t'.join(str(x) for x in (codec, against, comparisons, frames, differing, int(must))) + '\n')


def load(path, code):
    values = array.array(code)
    with open(path, 'rb') as source:
        values.frombytes(source.read())
    return values


class Tally:
    def __init__(self):
        self.failures = 0
        self.differing = 0
        self.pairs = 0
        self.units = 0
        self.frames = 0

    def exact(self, label, ours, theirs, code, per_frame, excused=lambda x, y: False):
        """
        Counts what differs; code is 'B' for bytes, 'h' for samples. Lengths must agree too, but for a part of a frame at the end of
        theirs. Excused pairs (ours, theirs) are counted apart: where the other implementation is known to leave the standard.
        """
        a, b = load(ours, code), load(theirs, code)
        if 0 < len(b) - len(a) < per_frame:
            b = b[:len(a)]
        left_out = sum(x != y and excused(x, y) for x, y in zip(a, b))
        differing = sum(x != y for x, y in zip(a, b)) - left_out + abs(len(a) - len(b))
        first = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        frames = len(a) // per_frame
        unit = 'bytes' if code == 'B' else 'samples'
        note = '' if differing == 0 else '  first in frame %d%s' % (first // per_frame, '' if code == 'B' else '  SNR %.1f dB' % snr(a, b))
        note += '' if left_out == 0 else '  %d excused' % left_out
        print('%-44s %6d frames %8d %-7s %7d differ%s' % (label, frames, len(a), unit, differing, note))
        self.failures += differing != 0 or not a
        self.differing += differing
        self.pairs += 1
        self.units += len(a)
        self.frames += frames

    def total(self, label):
        print('%-44s %6d frames in %d comparisons, %d of them not exact' % (label, self.frames, self.pairs, self.failures))
        row(*label.split(' against '), self.pairs, self.frames, self.differing)
        return 1 if self.failures else 0


def snr(a, b):
    signal = sum(y * y for y in b) or 1e-9
    noise = sum((x - y) ** 2 for x, y in zip(a, b)) or 1e-9
    return 10 * math.log10(signal / noise)
