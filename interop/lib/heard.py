#!/usr/bin/env python3
"""heard.py FILE CHANNEL HZ SECONDS: says for how long a tone is heard in a recording, whatever is lost in between.

Exit code 1 when it is less than SECONDS, or when more of what is heard is another tone."""
import sys

sys.path.insert(0, __file__.rsplit("/", 1)[0])
import tone  # noqa: E402

rate, samples = tone.read(sys.argv[1], sys.argv[2])
wanted, least = float(sys.argv[3]), float(sys.argv[4])
size = int(rate * tone.FRAME)
good = other = 0
for at in range(0, len(samples) - size + 1, size):
    hz = tone.frequency(samples[at:at + size], rate)
    good += abs(hz - wanted) <= 2 * tone.TOLERANCE
    other += hz > 0 and abs(hz - wanted) > 2 * tone.TOLERANCE
print(f"{wanted:.0f} Hz {good * tone.FRAME:.1f} s" + (f", other tones {other * tone.FRAME:.1f} s" if other else ""))
sys.exit(0 if good * tone.FRAME >= least and good > other else 1)
