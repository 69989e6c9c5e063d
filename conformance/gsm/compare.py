"""GSM full rate: both encoders over all signals, both decoders over the results and over random frames."""
import glob
import os
import random
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, '..', 'lib'))
from compare import Tally, load  # noqa: E402

work, oracle, tool = sys.argv[1], sys.argv[2], sys.argv[3:]


def ours(verb, pairs):
    subprocess.run(tool + [verb, 'GSM/8000', ''] + [name for pair in pairs for name in pair], check=True)


def theirs(verb, pairs):
    subprocess.run([oracle, verb] + [name for pair in pairs for name in pair], check=True)


signals = sorted(glob.glob(os.path.join(work, 'signals', '*.pcm')))
names = [os.path.basename(s)[:-4] for s in signals]
out = lambda name, kind: os.path.join(work, name + kind)
ours('encode', [(s, out(n, '.ours.gsm')) for s, n in zip(signals, names)])
theirs('encode', [(s, out(n, '.theirs.gsm')) for s, n in zip(signals, names)])

dice = random.Random(1989)
for name, flips in (('random-frames', None), ('damaged-frames', 3)):
    data = bytearray()
    if flips is None:
        for _ in range(20000):
            data += bytes([0xd0 | dice.randrange(16)]) + dice.randbytes(32)
    else:
        data += open(out('speech-en-m3', '.theirs.gsm'), 'rb').read()
        for _ in range(len(data) // 33 * flips):
            at = dice.randrange(len(data))
            data[at] ^= (1 << dice.randrange(4)) if at % 33 == 0 else 1 << dice.randrange(8)
    with open(out(name, '.theirs.gsm'), 'wb') as file:
        file.write(data)
decoded = names + ['random-frames', 'damaged-frames']
ours('decode', [(out(n, '.theirs.gsm'), out(n, '.ours.pcm')) for n in decoded])
theirs('decode', [(out(n, '.theirs.gsm'), out(n, '.theirs.pcm')) for n in decoded])

encoder, decoder = Tally(), Tally()
for name in names:
    encoder.exact('encode ' + name, out(name, '.ours.gsm'), out(name, '.theirs.gsm'), 'B', 33)
for name in decoded:
    decoder.exact('decode ' + name, out(name, '.ours.pcm'), out(name, '.theirs.pcm'), 'h', 160)
status = encoder.total('GSM encoder against libgsm') + decoder.total('GSM decoder against libgsm')

vectors = os.environ.get('GSM_VECTORS')
if vectors:
    sequences = Tally()
    bits = [6, 6, 5, 5, 4, 4, 3, 3] + ([7, 2, 2, 6] + [3] * 13) * 4
    coded = sorted(glob.glob(os.path.join(vectors, '*.cod')))
    for path in coded:
        name = os.path.basename(path)[:-4]
        words = load(path, 'h')
        data = bytearray()
        for at in range(0, len(words) - 75, 76):
            frame = 0xd
            for width, word in zip(bits, words[at:at + 76]):
                frame = frame << width | word
            data += frame.to_bytes(33, 'big')
        with open(out(name, '.etsi.gsm'), 'wb') as file:
            file.write(data)
        ours('decode', [(out(name, '.etsi.gsm'), out(name, '.ours.pcm'))])
        sequences.exact('ETSI decode ' + name, out(name, '.ours.pcm'), os.path.join(vectors, name + '.out'), 'h', 160)
        source = os.path.join(vectors, name + '.inp')
        if os.path.exists(source):
            ours('encode', [(source, out(name, '.ours.gsm'))])
            sequences.exact('ETSI encode ' + name, out(name, '.ours.gsm'), out(name, '.etsi.gsm'), 'B', 33)
    status += sequences.total('GSM against the ETSI sequences')

if not os.environ.get('NO_SPEED'):
    speech = out('signals/speech-en-m3', '.pcm')
    native = subprocess.run([oracle, 'speed', speech, '-'], check=True, capture_output=True, text=True).stdout.split()
    own = subprocess.run(tool + ['speed', 'GSM/8000', '', speech, '-'], check=True, capture_output=True, text=True).stdout.split()
    print('ns of processor time per 20 ms: encode ours %s libgsm %s ratio %.2f; decode ours %s libgsm %s ratio %.2f' % (
        own[1], native[1], int(own[1]) / int(native[1]), own[2], native[2], int(own[2]) / int(native[2])))
sys.exit(1 if status else 0)
