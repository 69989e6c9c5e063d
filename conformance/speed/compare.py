"""Times our codecs beside the native libraries, over the same 20 s of speech, in turns: nanoseconds of processor time for a packet (20 ms;
of iLBC its frame) in the best round, what ours takes from the heap, and the ratio. compare.py [CODEC …] looks at those only."""
import glob
import os
import subprocess
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'lib'))
import packets as p  # noqa: E402

#: Name, ours and its a=fmtp, rate, packet, the harness's codec and setting, goal.
CASES = [
    ('PCMU', 'PCMU/8000/1', '', 8000, 20, 'g711', 1, 1.5), ('PCMA', 'PCMA/8000/1', '', 8000, 20, 'g711', 0, 1.5),
    ('G.722', 'G722/16000/1', '', 16000, 20, 'g722', 0, 1.5), ('GSM', 'GSM/8000/1', '', 8000, 20, 'gsm', 0, 1.5),
    ('G.729 A', 'G729/8000/1', 'annexb=no', 8000, 20, 'g729', 0, 1.5),
    ('iLBC 20 ms', 'iLBC/8000/1', 'mode=20', 8000, 20, 'ilbc20', 20, 2),
    ('iLBC 30 ms', 'iLBC/8000/1', 'mode=30', 8000, 30, 'ilbc30', 30, 2),
    ('Speex 8 kHz, 8 kbit/s', 'speex/8000/1', 'mode=3', 8000, 20, 'speex8', 3, 2),
    ('Speex 8 kHz, 15 kbit/s', 'speex/8000/1', 'mode=5', 8000, 20, 'speex8', 5, 2),
    ('Speex 16 kHz, 27.8 kbit/s', 'speex/16000/1', 'mode=8', 16000, 20, 'speex16', 8, 2),
    ('Speex 32 kHz, 29.6 kbit/s', 'speex/32000/1', 'mode=8', 32000, 20, 'speex32', 8, 2),
    ('Opus 8 kHz, 12 kbit/s', 'opus/48000/1', 'maxplaybackrate=8000', 48000, 20, 'opus', 12000, 2),
    ('Opus 16 kHz, 24 kbit/s', 'opus/48000/1', 'maxplaybackrate=16000', 48000, 20, 'opus', 24000, 2),
    ('Opus 48 kHz, 32 kbit/s', 'opus/48000/1', '', 48000, 20, 'opus', 32000, 2)]
LIBRARIES = {'SPANDSP': 'libspandsp.so.2', 'GSM': 'libgsm.so.1', 'G729': 'libbcg729.so.0', 'SPEEX': 'libspeex.so.1', 'OPUS': 'libopus.so.0'}
TURNS = int(os.environ.get('TURNS', '3'))


def ilbc(folder):
    """Compiles libilbc from the folder that ILBC_SOURCE names; returns what to link."""
    source, library = os.environ.get('ILBC_SOURCE'), os.path.join(folder, 'libilbc.a')
    if not source:
        return []
    if not os.path.exists(library):
        files = [f for part in ('modules/audio_coding/codecs/ilbc', 'common_audio/signal_processing', 'common_audio/third_party/*')
                 for f in glob.glob(os.path.join(source, part, '*.c'))
                 if not any(word in os.path.basename(f) for word in ('arm', 'mips', 'neon', 'test'))]
        os.makedirs(os.path.join(folder, 'absl', 'base'), exist_ok=True)
        for name, text in (('ilbc_export.h', '#define ILBC_EXPORT\n'), ('absl/base/attributes.h', '#define ABSL_MUST_USE_RESULT\n')):
            with open(os.path.join(folder, name), 'w') as header:
                header.write(text)
        for f in files:
            subprocess.run(['gcc', '-O2', '-w', '-I', source, '-I', folder, '-c', f], cwd=folder, stderr=subprocess.DEVNULL)
        subprocess.run(['ar', 'rc', library] + glob.glob(os.path.join(folder, '*.o')), check=True)
    return ['-DILBC', library]


def main():
    folder = p.work('speed')
    java = p.build('tp-concentus', 'codec-g711', 'codec-g722', 'codec-gsm', 'codec-g729', 'codec-ilbc', 'codec-speex', 'codec-opus')
    extra, native = ilbc(folder), os.path.join(folder, 'native')
    subprocess.run(['gcc', '-O2', '-o', native, os.path.join(HERE, 'native.c')] + extra[:1] + ['-D' + x for x in LIBRARIES]
                   + ['-l:' + x for x in LIBRARIES.values()] + extra[1:] + ['-lm'], check=True)
    for rate in (8000, 16000, 32000, 48000):
        np.concatenate(list(p.speech(rate, folder).values()))[:20 * rate].tofile(os.path.join(folder, '%d.pcm' % rate))
    print('%-26s %9s %9s %6s   %9s %9s %6s   %s' % (
        '20 s of speech, ns', 'encode', 'native', 'ratio', 'decode', 'native', 'ratio', 'heap bytes'))
    for name, codec, fmtp, rate, ptime, library, setting, goal in CASES:
        if sys.argv[1:] and not any(wanted.lower() in name.lower() for wanted in sys.argv[1:]):
            continue
        source = os.path.join(folder, '%d.pcm' % rate)
        ours, theirs = [], []
        for _ in range(TURNS):
            ours.append([int(x) for x in p.ours(java, [('speed', codec, ptime, source, '-', fmtp)])[0].split()[1:]])
            run = subprocess.run([native, library, str(setting), source, '15'], text=True, stdout=subprocess.PIPE)
            theirs.append([int(x) for x in run.stdout.split()] or [0, 0])
        best = [min(x) for x in zip(*ours)]
        ref = [min(x) for x in zip(*theirs)]
        ratios = [b / r if r else float('nan') for b, r in zip(best, ref)]
        print('%-26s %9d %9d %6.2f   %9d %9d %6.2f   %d and %d%s' % (
            name, best[0], ref[0], ratios[0], best[1], ref[1], ratios[1], best[2], best[3],
            '' if max(ratios) <= goal else '   over %.1f' % goal), flush=True)


main()
