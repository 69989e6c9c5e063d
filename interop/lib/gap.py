#!/usr/bin/env python3
"""gap.py FILE CHANNEL [MOST]: says how long the longest silence between sounds in a recording is.

Exit code 1 if that is MOST seconds (2) or more, or if there is no sound on both sides of it."""
import sys

sys.path.insert(0, __file__.rsplit("/", 1)[0])
import tone  # noqa: E402

rate, samples = tone.read(sys.argv[1], sys.argv[2])
most = float(sys.argv[3]) if len(sys.argv) > 3 else 2.0
step = rate // 50
loud = []
for at in range(0, len(samples) - step, step):
    part = samples[at:at + step]
    loud.append((sum(s * s for s in part) / step) ** 0.5 > 32768 * tone.SILENCE)
heard = [i for i, on in enumerate(loud) if on]
if not heard:
    sys.exit("there is no sound")
longest = max((b - a - 1 for a, b in zip(heard, heard[1:])), default=0) * 0.02
print(f"longest silence {longest:.2f} s of {(heard[-1] - heard[0]) * 0.02:.1f} s")
sys.exit(0 if longest < most and heard[-1] - heard[0] > 400 else 1)
