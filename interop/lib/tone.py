#!/usr/bin/env python3
"""tone.py FILE CHANNEL PATTERN...: says what a recording contains, and whether that is PATTERN.

FILE is a PCM 16 bit WAV (a header left unfinished by a killed writer is read as far as the data goes),
CHANNEL is left, right or mono, PATTERN a list of HZ:SECONDS and silence:SECONDS. The recording is cut into
frames of 40 ms; neighbours that sound alike are one segment; silence at either end and segments shorter than
0.2 s do not count, nor do gaps in a tone shorter than TONE_GAP (0 s unless set). What is left must be PATTERN: the same tones (within 8 Hz) and silences in the same order,
none shorter than its SECONDS. Prints one line; exit code 1 when it does not match."""
import math
import os
import struct
import sys

FRAME = 0.04
SILENCE = 0.004      # of full scale, RMS: a G.711 tone of -20 dBm0 is ten times that
SHORTEST = 0.2
GAP = float(os.environ.get("TONE_GAP", 0))
TOLERANCE = 8.0


def read(path, channel):
    """Sample rate and the samples of one channel."""
    with open(path, "rb") as f:
        b = f.read()
    if b[:4] != b"RIFF" or b[8:12] != b"WAVE":
        sys.exit(f"{path} is no WAV file")
    at, channels, rate, bits, data = 12, 1, 8000, 16, b""
    while at + 8 <= len(b):
        name, size = b[at:at + 4], struct.unpack_from("<I", b, at + 4)[0]
        if name == b"fmt ":
            channels, rate = struct.unpack_from("<HI", b, at + 10)
            bits = struct.unpack_from("<H", b, at + 22)[0]
        if name == b"data":
            whole = size and at + 8 + size <= len(b)
            data = b[at + 8:at + 8 + size] if whole else b[at + 8:]
            break
        at += 8 + size + (size & 1)
    if bits != 16:
        sys.exit(f"{path} has {bits} bits a sample, not 16")
    want = {"left": 0, "mono": 0, "right": 1}[channel]
    if (channel == "mono") != (channels == 1):
        sys.exit(f"{path} has {channels} channels, wanted {channel}")
    n = len(data) // (2 * channels) * channels
    return rate, struct.unpack(f"<{n}h", data[:2 * n])[want::channels]


def frequency(x, rate):
    """Hz of one frame by its interpolated zero crossings, 0 for silence, -1 for what is no clean tone."""
    energy = sum(v * v for v in x)
    if math.sqrt(energy / len(x)) / 32768 < SILENCE:
        return 0.0
    mean = sum(x) / len(x)
    x = [v - mean for v in x]
    crossings = [i + x[i] / (x[i] - x[i + 1]) for i in range(len(x) - 1) if (x[i] < 0) != (x[i + 1] < 0)]
    if len(crossings) < 5:
        return -1.0
    hz = (len(crossings) - 1) * rate / (2 * (crossings[-1] - crossings[0]))
    w = 2 * math.pi * hz / rate
    c = sum(v * math.cos(w * i) for i, v in enumerate(x))
    s = sum(v * math.sin(w * i) for i, v in enumerate(x))
    share = 2 * (c * c + s * s) / (len(x) * energy)      # of the frame's energy that is at this frequency
    return hz if share > 0.8 else -1.0


def alike(a, b):
    return abs(a - b) <= 2 * TOLERANCE if a > 0 and b > 0 else a == b


def whole(found):
    """The same without short gaps in a tone."""
    filled = []
    for hz, seconds in found:
        at = len(filled)
        while hz > 0 and at and filled[at - 1][0] <= 0:
            at -= 1
        gap = filled[at:]
        if hz > 0 and at and alike(filled[at - 1][0], hz) and sum(s for _, s in gap) < GAP:
            filled[at - 1][1] += seconds
            del filled[at:]
        else:
            filled.append([hz, seconds])
    return filled


def segments(rate, x):
    """[hz, seconds] of each stretch that sounds the same; hz 0 is silence, -1 noise."""
    size = int(rate * FRAME)
    found = []
    for i in range(0, len(x) - size + 1, size):
        hz = frequency(x[i:i + size], rate)
        if found and alike(found[-1][0][-1], hz):
            found[-1][0].append(hz)
        else:
            found.append([[hz]])
    found = [[sorted(f)[len(f) // 2], len(f) * FRAME] for (f,) in found]
    found = whole(found)
    merged = []
    for hz, seconds in found:
        if seconds < SHORTEST:
            continue
        if merged and alike(merged[-1][0], hz):
            merged[-1][1] += seconds
        else:
            merged.append([hz, seconds])
    while merged and merged[0][0] == 0:
        merged.pop(0)
    while merged and merged[-1][0] == 0:
        merged.pop()
    return merged


def fits(found, pattern):
    if len(found) != len(pattern):
        return False
    for (hz, seconds), (want, least) in zip(found, pattern):
        near = hz == 0 if want == 0 else hz > 0 and abs(hz - want) <= TOLERANCE
        if not near or seconds < least - FRAME:
            return False
    return True


def describe(found):
    name = {0: "silence", -1: "noise"}
    return " ".join(f"{name.get(hz) or f'{hz:.1f} Hz'} {seconds:.1f} s" for hz, seconds in found) or "nothing"


def main():
    path, channel, wanted = sys.argv[1], sys.argv[2], sys.argv[3:]
    pattern = []
    for item in wanted:
        what, least = item.split(":")
        pattern.append((0.0 if what == "silence" else float(what), float(least)))
    found = segments(*read(path, channel))
    if fits(found, pattern):
        print("heard" if channel != "right" else "sent", describe(found))
        return 0
    print(f"{channel} channel of {path.rsplit('/', 1)[-1]} has {describe(found)}, wanted {' '.join(wanted)}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
