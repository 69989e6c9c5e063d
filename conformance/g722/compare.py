"""
G.722: encoders over all signals, decoders in three modes over the results and over random octets; the ITU's files where given.

Two known departures of the others from the Recommendation are left out: neither spandsp nor ffmpeg limits the sub-band signals of an
overloaded transmit filter to 15 bits, so the encoders are compared over signals that do not overload it, and spandsp lets samples
overflow where the receive filter's output is to be limited, so its samples do not count where ours are at full scale. The overloading
signals are compared with the ITU's own program if G722_REFERENCE names it (g722demo of the Software Tool Library, built by yourself).
"""
import array
import glob
import os
import random
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, '..', 'lib'))
from compare import Tally, load  # noqa: E402

work, oracle, tool = sys.argv[1], sys.argv[2], sys.argv[3:]
RATES = (64, 56, 48)


def ours(verb, rate, pairs):
    subprocess.run(tool + [verb, 'G722/16000', 'bitrate=%d000' % rate] + [name for pair in pairs for name in pair], check=True)


def spandsp(verb, pairs):
    subprocess.run([oracle, verb] + [name for pair in pairs for name in pair], check=True)


def ffmpeg(arguments):
    subprocess.run(['ffmpeg', '-v', 'error', '-nostdin', '-y'] + arguments, check=True)


def out(name, kind):
    return os.path.join(work, name + kind)


signals = sorted(glob.glob(os.path.join(work, 'signals', '*.pcm')))
names = [os.path.basename(s)[:-4] for s in signals]
for s in signals:  # whole packets, so that the ends agree
    os.truncate(s, os.path.getsize(s) // 640 * 640)
ours('encode', 64, [(s, out(n, '.ours.g722')) for s, n in zip(signals, names)])
spandsp('encode', [(s, out(n, '.spandsp.g722')) for s, n in zip(signals, names)])
OVERLOADING = {'extremes', 'speech-en-f2-clipped', 'speech-en-m3-clipped', 'square-full', 'square-slow', 'sweep-full', 'tone-1004-full'}
encoder = Tally()
for name in names:
    if name in OVERLOADING:
        continue
    encoder.exact('encode ' + name, out(name, '.ours.g722'), out(name, '.spandsp.g722'), 'B', 160)

dice = random.Random(722)
with open(out('random-octets', '.spandsp.g722'), 'wb') as file:
    file.write(dice.randbytes(160 * 10000))
with open(out('extreme-octets', '.spandsp.g722'), 'wb') as file:
    file.write(bytes(dice.choice((0x04, 0x84, 0x20, 0xa0, 0xff)) for _ in range(160 * 1000)))
decoded = names + ['random-octets', 'extreme-octets']
decoder = Tally()
for rate in RATES:
    ours('decode', rate, [(out(n, '.spandsp.g722'), out(n, '.ours.pcm')) for n in decoded])
    spandsp('decode%d' % rate, [(out(n, '.spandsp.g722'), out(n, '.spandsp.pcm')) for n in decoded])
    for name in decoded:
        decoder.exact('decode %d kbit/s %s' % (rate, name), out(name, '.ours.pcm'), out(name, '.spandsp.pcm'), 'h', 320,
                      lambda x, y: x in (-32768, 32767))
status = encoder.total('G.722 encoder against spandsp') + decoder.total('G.722 decoder against spandsp')

other = Tally()
for name, signal in zip(names, signals):
    ffmpeg(['-f', 's16le', '-ar', '16000', '-ac', '1', '-i', signal, '-c:a', 'g722', '-f', 'g722', out(name, '.ffmpeg.g722')])
    if name not in OVERLOADING:
        other.exact('ffmpeg encode ' + name, out(name, '.ours.g722'), out(name, '.ffmpeg.g722'), 'B', 160)
ours('decode', 64, [(out(n, '.spandsp.g722'), out(n, '.ours.pcm')) for n in decoded])
for name in decoded:
    ffmpeg(['-f', 'g722', '-i', out(name, '.spandsp.g722'), '-f', 's16le', out(name, '.ffmpeg.pcm')])
    other.exact('ffmpeg decode ' + name, out(name, '.ours.pcm'), out(name, '.ffmpeg.pcm'), 'h', 320)
status += other.total('G.722 against ffmpeg')

vectors = os.environ.get('G722_VECTORS')
if vectors:
    itu = Tally()
    java = tool[:-1] + ['io.earshot.codec.g722.Sequences']
    given = lambda name: os.path.join(vectors, name)
    made = lambda name: os.path.join(work, 'itu-' + name)
    for source, coded in (('bt1c1.xmt', 'bt2r1.cod'), ('bt1c2.xmt', 'bt2r2.cod')):
        subprocess.run(java + ['encode', given(source), made(coded)], check=True)
        itu.exact('Appendix II encode %s' % source, made(coded), given(coded), 'h', 1)
    for coded, number in (('bt2r1.cod', 1), ('bt2r2.cod', 2), ('bt1d3.cod', 3)):
        for mode in (1, 2, 3):
            low, high = 'bt3l%d.rc%d' % (number, mode), 'bt3h%d.rc0' % number
            subprocess.run(java + ['decode', str(mode), given(coded), made(low), made(high)], check=True)
            itu.exact('Appendix II decode %s mode %d lower' % (coded, mode), made(low), given(low), 'h', 1)
            itu.exact('Appendix II decode %s mode %d higher' % (coded, mode), made(high), given(high), 'h', 1)
    if os.path.exists(given('inpsp.bin')):  # the Software Tool Library's speech, through the filters; a word per octet
        with open(made('speech.g722'), 'wb') as file:
            file.write(bytes(w & 255 for w in load(given('codspw.cod'), 'h')))
        ours('encode', 64, [(given('inpsp.bin'), made('ours.g722'))])
        itu.exact('STL speech encode', made('ours.g722'), made('speech.g722'), 'B', 160)
        for rate, mode in zip(RATES, (1, 2, 3)):
            ours('decode', rate, [(made('speech.g722'), made('outsp'))])
            itu.exact('STL speech decode mode %d' % mode, made('outsp'), given('outsp%d.bin' % mode), 'h', 320)
    status += itu.total('G.722 against the ITU-T sequences')

reference = os.environ.get('G722_REFERENCE')
if reference:
    program = Tally()

    def demo(arguments):
        subprocess.run([reference, '-q', '-frame', '320'] + arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    for name, signal in zip(names, signals):
        demo(['-enc', signal, out(name, '.words')])
        words = load(out(name, '.words'), 'h')
        with open(out(name, '.itu.g722'), 'wb') as file:
            file.write(bytes(w & 255 for w in words))
        program.exact('ITU program encode ' + name, out(name, '.ours.g722'), out(name, '.itu.g722'), 'B', 160)
    for rate, mode in zip(RATES, ('1', '2', '3')):
        ours('decode', rate, [(out(n, '.spandsp.g722'), out(n, '.ours.pcm')) for n in decoded])
        for name in decoded:
            octets = load(out(name, '.spandsp.g722'), 'B')
            with open(out(name, '.words'), 'wb') as file:
                array.array('h', octets).tofile(file)
            demo(['-dec', '-mode', mode, out(name, '.words'), out(name, '.itu.pcm')])
            program.exact('ITU program decode mode %s %s' % (mode, name), out(name, '.ours.pcm'), out(name, '.itu.pcm'), 'h', 320)
    status += program.total('G.722 against the ITU-T program')

if not os.environ.get('NO_SPEED'):
    speech = out('signals/speech-en-m3', '.pcm')
    native = subprocess.run([oracle, 'speed', speech, '-'], check=True, capture_output=True, text=True).stdout.split()
    own = subprocess.run(tool + ['speed', 'G722/16000', '', speech, '-'], check=True, capture_output=True, text=True).stdout.split()
    print('ns of processor time per 20 ms: encode ours %s spandsp %s ratio %.2f; decode ours %s spandsp %s ratio %.2f' % (
        own[1], native[1], int(own[1]) / int(native[1]), own[2], native[2], int(own[2]) / int(native[2])))
sys.exit(1 if status else 0)
