"""
G.729: our encoder and decoder over all signals, with and without pauses, and over lost, damaged and random frames. bcg729 and ffmpeg do
not claim the standard's every bit, so against them a signal to noise ratio counts; against the ITU-T's program every bit does.
"""
import array
import glob
import os
import random
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, '..', 'lib'))
from compare import Tally, load, row, snr  # noqa: E402

work, oracle, java = sys.argv[1], sys.argv[2], sys.argv[3:]
SYNC, ZERO, ONE = 0x6b21, 0x7f, 0x81
# What ours and bcg729's decoder share at least over plain speech.
LEAST_SNR = 20


def out(name, kind):
    return os.path.join(work, name + kind)


def ours(verb, fmtp, pairs):
    subprocess.run(java + ['Serial', verb, fmtp] + [name for pair in pairs for name in pair], check=True)


def theirs(verb, pairs):
    subprocess.run([oracle, verb] + [name for pair in pairs for name in pair], check=True)


def frames(path):
    words, at, result = load(path, 'H'), 0, []
    while at + 1 < len(words):
        result.append(list(words[at + 2:at + 2 + words[at + 1]]))
        at += 2 + words[at + 1]
    return result


def save(path, stream):
    words = array.array('H')
    for frame in stream:
        words.extend([SYNC, len(frame)] + frame)
    with open(path, 'wb') as file:
        file.write(words.tobytes())


def bits(dice, count):
    return [dice.choice((ZERO, ONE)) for _ in range(count)]


def hostile(speech, paused):
    """Makes streams that a network could make of good ones, and some that only malice could."""
    dice = random.Random(729)
    lost = [0] * 80
    save(out('lost-5-percent', '.bit'), [lost if dice.random() < 0.05 else f for f in speech])
    save(out('lost-30-percent', '.bit'), [lost if dice.random() < 0.3 else f for f in speech])
    save(out('lost-in-pauses', '.bit'), [lost if dice.random() < 0.1 else f for f in paused])
    save(out('damaged', '.bit'), [[ZERO + ONE - w if dice.random() < 0.02 else w for w in f] for f in speech])
    save(out('random', '.bit'), [bits(dice, 80) for _ in range(6000)])
    save(out('random-mixed', '.bit'), [lost if size == 1 else bits(dice, size) for size in dice.choices((80, 16, 0, 1), (8, 1, 2, 1), k=6000)])
    return ['lost-5-percent', 'lost-30-percent', 'lost-in-pauses', 'damaged', 'random', 'random-mixed']


signals = sorted(glob.glob(os.path.join(work, 'signals', '*.pcm')))
names = [os.path.basename(s)[:-4] for s in signals]
ours('encode', 'annexb=no', [(s, out(n, '.bit')) for s, n in zip(signals, names)])
ours('encode', 'annexb=yes', [(s, out(n, '-pauses.bit')) for s, n in zip(signals, names)])
theirs('encode', [(s, out(n, '.bcg729.bit')) for s, n in zip(signals, names)])
streams = names + [n + '-pauses' for n in names] + hostile(frames(out('speech-en-m3', '.bit')), frames(out('speech-en-m3', '-pauses.bit')))
ours('decode', '', [(out(n, '.bit'), out(n, '.ours.pcm')) for n in streams])
theirs('decode', [(out(n, '.bit'), out(n, '.bcg729.pcm')) for n in streams])

status, ratios, counted = 0, [], 0
for name in streams:
    a, b = load(out(name, '.ours.pcm'), 'h'), load(out(name, '.bcg729.pcm'), 'h')
    ratio = snr(a, b)
    plain = name in names and name.startswith('speech') and not name.endswith('-soft')
    status |= plain and ratio < LEAST_SNR
    counted += len(a) // 80
    ratios += [ratio] if plain else []
    print('%-44s %6d frames  %8d of %8d samples differ  SNR %5.1f dB%s' % (
        'bcg729 decode ' + name, len(a) // 80, sum(x != y for x, y in zip(a, b)), len(a), ratio,
        '  TOO LOW' if plain and ratio < LEAST_SNR else ''))
row('G.729 decoder', 'bcg729', len(streams), counted, 'SNR of speech %.1f to %.1f dB' % (min(ratios), max(ratios)), False)
for name in names:
    a, b = frames(out(name, '.bit')), frames(out(name, '.bcg729.bit'))
    print('%-44s %6d frames  %8d frames differ' % ('bcg729 encode ' + name, len(a), sum(x != y for x, y in zip(a, b))))

ratios, counted = [], 0
for name in [n for n in names if n.startswith('speech') and '-soft' not in n]:
    raw = bytes(sum((w == ONE) << 7 - i for i, w in enumerate(f[k:k + 8])) for f in frames(out(name, '.bit')) for k in range(0, 80, 8))
    with open(out(name, '.g729'), 'wb') as file:
        file.write(raw)
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-f', 'g729', '-i', out(name, '.g729'), '-f', 's16le', out(name, '.ffmpeg.pcm')], check=True)
    a, b = load(out(name, '.ours.pcm'), 'h'), load(out(name, '.ffmpeg.pcm'), 'h')
    ratios.append(snr(a, b))
    counted += len(b) // 80
    print('%-44s %6d frames  SNR %5.1f dB (main body\'s post-filter)' % ('ffmpeg decode ' + name, len(b) // 80, ratios[-1]))
row('G.729 decoder', 'ffmpeg', len(ratios), counted, 'SNR of speech %.1f to %.1f dB' % (min(ratios), max(ratios)), False)


def handed(name, program, tally, label, ending='.ours.pcm'):
    """The program tells an untransmitted frame from a lost one, which no RTP receiver can: hands it lost ones."""
    save(out(name, '.handed.bit'), [f or [0] * 80 for f in frames(out(name, '.bit'))])
    subprocess.run([program, out(name, '.handed.bit'), out(name, '.itu.pcm')], check=True, stdout=subprocess.DEVNULL)
    tally.exact(label + name, out(name, ending), out(name, '.itu.pcm'), 'h', 80)


coder, decoder = os.environ.get('G729_CODER'), os.environ.get('G729_DECODER')
if coder and decoder:
    encoded, decoded = Tally(), Tally()
    for signal, name in zip(signals, names):
        for suffix, vad in (('', '0'), ('-pauses', '1')):
            subprocess.run([coder, signal, out(name, suffix + '.itu.bit'), vad], check=True, stdout=subprocess.DEVNULL)
            encoded.exact('ITU-T encode ' + name + suffix, out(name, suffix + '.bit'), out(name, suffix + '.itu.bit'), 'B', 164)
    for name in streams:
        handed(name, decoder, decoded, 'ITU-T decode ')
    status |= encoded.total('G.729 encoder of Annex A with Annex B against the ITU-T program') \
        | decoded.total('G.729 decoder of Annex A with Annex B against the ITU-T program')

full = os.environ.get('G729_FULL_DECODER')
if full:
    decoded = Tally()
    ours('decode', 'local-decoder=full', [(out(n, '.bit'), out(n, '.full.pcm')) for n in streams])
    for name in streams:
        handed(name, full, decoded, 'ITU-T full decode ', '.full.pcm')
    status |= decoded.total('G.729 decoder of the main body with Annex B against the ITU-T program')

if not os.environ.get('NO_SPEED'):
    speech = out('signals/speech-en-m3', '.pcm')
    native = subprocess.run([oracle, 'speed', speech, '-'], check=True, capture_output=True, text=True).stdout.split()
    own = subprocess.run(java + ['CodecTool', 'speed', 'G729/8000', 'annexb=no', speech, '-'], check=True, capture_output=True, text=True).stdout.split()
    print('ns per 20 ms: encode ours %s bcg729 %s ratio %.2f; decode ours %s bcg729 %s ratio %.2f' % (
        own[1], native[1], int(own[1]) / int(native[1]), own[2], native[2], int(own[2]) / int(native[2])))
sys.exit(1 if status else 0)
