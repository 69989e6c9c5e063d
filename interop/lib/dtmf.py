#!/usr/bin/env python3
"""dtmf.py make FILE DIGITS: writes the digits as tones into a WAV of 48 kHz stereo, half a second of silence first, eight
seconds last: baresip hangs up at the end.
dtmf.py read FILE CHANNEL: prints the digits that are heard in a recording; CHANNEL is left, right or mono."""
import math
import os
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tone  # noqa: E402

KEYS = "123A456B789C*0#D"
LOW = (697, 770, 852, 941)
HIGH = (1209, 1336, 1477, 1633)


def make(path, digits):
    rate, out = 48000, [0] * 24000
    for digit in digits:
        low, high = LOW[KEYS.index(digit) // 4], HIGH[KEYS.index(digit) % 4]
        for i in range(rate // 10):
            out.append(int(6000 * (math.sin(2 * math.pi * low * i / rate) + math.sin(2 * math.pi * high * i / rate))))
        out += [0] * (rate // 10)
    out += [0] * (8 * rate)
    data = b"".join(struct.pack("<hh", s, s) for s in out)
    with open(path, "wb") as f:
        f.write(b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 2, rate, rate * 4, 4, 16)
                + b"data" + struct.pack("<I", len(data)) + data)


def power(samples, rate, hz):
    re = sum(s * math.cos(2 * math.pi * hz * i / rate) for i, s in enumerate(samples))
    im = sum(s * math.sin(2 * math.pi * hz * i / rate) for i, s in enumerate(samples))
    return 2 * (re * re + im * im) / len(samples) ** 2


def read(path, channel):
    rate, samples = tone.read(path, channel)
    size, found, last, run = rate // 50, "", "", 0
    for at in range(0, len(samples) - size, size):
        frame = samples[at:at + size]
        total = sum(s * s for s in frame) / size
        low = [power(frame, rate, hz) for hz in LOW]
        high = [power(frame, rate, hz) for hz in HIGH]
        key = ""
        if total > 1e4 and max(low) + max(high) > 0.6 * total:
            key = KEYS[4 * low.index(max(low)) + high.index(max(high))]
        run = run + 1 if key == last else 1
        if key and run == 2:
            found += key
        last = key
    print(found)


if sys.argv[1] == "make":
    make(sys.argv[2], sys.argv[3])
else:
    read(sys.argv[2], sys.argv[3])
