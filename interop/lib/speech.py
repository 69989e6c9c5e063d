#!/usr/bin/env python3
"""speech.py make RATE CHANNELS OUT.wav: 12 s of synthetic speech. speech.py SOURCE.wav RECORDING.wav left|right|mono LEAST: how much of
that speech a recording keeps, in dB: both at 8 kHz; each loud quarter of a second of the recording is put beside its place in the
source, the 16
taps that explain most of it are fitted (delay, level, a codec's high pass), and what they leave is noise. Prints the median and what
a tenth of them reach, since a busy machine conceals late packets in the others; exit code 1 when the latter is below LEAST."""
import array
import math
import subprocess
import sys
from operator import mul

RATE, SIZE, TAPS, STEP = 8000, 2000, 16, 80
TEXT = ("The quick brown fox jumps over the lazy dog. Please hold the line while I transfer your call. Shall we say half past nine "
        "on Thursday? A large size in stockings is hard to sell. Oak is strong and also gives shade.")


def load(path, channel):
    pick = ["-af", "pan=mono|c0=c%d" % (channel == "right")] if channel != "mono" else []
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", path] + pick + ["-ar", str(RATE), "-f", "s16le", "-"],
                         stdout=subprocess.PIPE, check=True).stdout
    return [float(v) for v in array.array("h", raw)]


def envelope(x):
    out = [math.sqrt(dot(x[i:i + STEP], x[i:i + STEP]) / STEP) for i in range(0, len(x) - STEP + 1, STEP)]
    mean = sum(out) / max(1, len(out))
    return [v - mean for v in out]


def dot(x, y):
    return sum(map(mul, x, y))


def place(source, piece, near, reach):
    """The offset within reach of near at which the source is most like the piece."""
    size, best, found = len(piece), -1.0, near
    first = max(0, near - reach)
    power = dot(source[first:first + size], source[first:first + size])
    for at in range(first, min(len(source) - size, near + reach) + 1):
        score = dot(source[at:at + size], piece) / math.sqrt(max(power, 0) + 1)
        if score > best:
            best, found = score, at
        if at + size < len(source):
            power += source[at + size] ** 2 - source[at] ** 2
    return found


def solve(a, b):
    n = len(b)
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[p], b[i], b[p] = a[p], a[i], b[p], b[i]
        for r in range(i + 1, n):
            f = a[r][i] / a[i][i]
            for k in range(i, n):
                a[r][k] -= f * a[i][k]
            b[r] -= f * b[i]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (b[i] - sum(a[i][k] * x[k] for k in range(i + 1, n))) / a[i][i]
    return x


def ratio(source, at, piece):
    first, size = max(0, at - TAPS // 2), len(piece)
    taps = max(0, min(TAPS, len(source) - size - first + 1))
    if not taps:
        return 0.0
    stretch = source[first:first + size + taps]
    part = stretch[:size]
    a = [[0.0] * taps for _ in range(taps)]
    for j in range(taps):
        a[0][j] = a[j][0] = dot(part, stretch[j:j + size])
    for i in range(1, taps):  # each is the one up and left of it, moved on by a sample
        for j in range(i, taps):
            a[i][j] = a[j][i] = a[i - 1][j - 1] - stretch[i - 1] * stretch[j - 1] + stretch[i - 1 + size] * stretch[j - 1 + size]
    energy = dot(piece, piece)
    for i in range(taps):
        a[i][i] += 1e-7 * energy + 1
    b = [dot(stretch[k:k + size], piece) for k in range(taps)]
    fitted = solve([list(r) for r in a], list(b))
    explained = dot(fitted, b)
    return 10 * math.log10(max(explained, 1) / max(energy - explained, 1))


def main():
    if sys.argv[1] == "make":
        raw = subprocess.run(["espeak-ng", "-v", "en+m3", "--stdout", TEXT], stdout=subprocess.PIPE, check=True).stdout
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", "-", "-af", "volume=0.5", "-ar", sys.argv[2], "-ac", sys.argv[3], "-t", "12",
                        sys.argv[4]], input=raw, check=True)
        return
    source, heard = load(sys.argv[1], "mono"), load(sys.argv[2], sys.argv[3])
    rough, ratios, known = envelope(source), [], None
    for at in range(0, len(heard) - SIZE + 1, SIZE):
        piece = heard[at:at + SIZE]
        if math.sqrt(dot(piece, piece) / SIZE) < 300:
            continue
        coarse = place(rough, envelope(piece), 0, len(rough)) * STEP
        spots = [place(source, piece[:1600], coarse, 2 * STEP)]
        if known is not None:
            spots.append(place(source, piece[:1600], at + known, STEP))
        found, known = max((ratio(source, spot, piece), spot - at) for spot in spots)
        ratios.append(found)
    ratios.sort()
    if not ratios:
        print("no speech at all")
        sys.exit(1)
    good = ratios[len(ratios) * 9 // 10]
    print(f"speech at {ratios[len(ratios) // 2]:.0f} dB over noise, {good:.0f} dB at best")
    sys.exit(0 if good >= float(sys.argv[4]) else 1)


main()
