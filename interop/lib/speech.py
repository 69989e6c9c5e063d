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

RATE, SIZE, TAPS, STEP = 8000, 2000, 16, 80
TEXT = ("The quick brown fox jumps over the lazy dog. Please hold the line while I transfer your call. Shall we say half past nine "
        "on Thursday? A large size in stockings is hard to sell. Oak is strong and also gives shade.")


def load(path, channel):
    pick = ["-af", "pan=mono|c0=c%d" % (channel == "right")] if channel != "mono" else []
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", path] + pick + ["-ar", str(RATE), "-f", "s16le", "-"],
                         stdout=subprocess.PIPE, check=True).stdout
    return [float(v) for v in array.array("h", raw)]


def envelope(x):
    out = [math.sqrt(sum(v * v for v in x[i:i + STEP]) / STEP) for i in range(0, len(x) - STEP + 1, STEP)]
    mean = sum(out) / max(1, len(out))
    return [v - mean for v in out]


def place(source, piece, near, reach):
    """The offset within reach of near at which the source is most like the piece."""
    best, found = -1.0, near
    for at in range(max(0, near - reach), min(len(source) - len(piece), near + reach) + 1):
        part = source[at:at + len(piece)]
        product = sum(map(float.__mul__, part, piece))
        score = product / math.sqrt(sum(map(float.__mul__, part, part)) + 1)
        if score > best:
            best, found = score, at
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
    first = max(0, at - TAPS // 2)
    rows = [source[first + k:first + k + len(piece)] for k in range(TAPS)]
    rows = [r for r in rows if len(r) == len(piece)]
    a = [[sum(map(float.__mul__, r, s)) for s in rows] for r in rows]
    energy = sum(v * v for v in piece)
    for i in range(len(a)):
        a[i][i] += 1e-7 * energy + 1
    b = [sum(map(float.__mul__, r, piece)) for r in rows]
    taps = solve([list(r) for r in a], list(b))
    explained = sum(map(float.__mul__, taps, b))
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
        if math.sqrt(sum(v * v for v in piece) / SIZE) < 300:
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
