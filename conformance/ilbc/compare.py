"""Compares our iLBC decoder with ffmpeg's, on what our encoder makes.

ffmpeg computes in fixed point and leaves the enhancer out; so does ours for the comparison (PlainDecoder), and once more with it, to tell
how much of the input either keeps. The first frames are left out: ffmpeg's are wrong at the beginning of a stream of mode 20.
"""
import os
import subprocess
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib'))
import packets as p  # noqa: E402

FLOOR = 30.0
SKIPPED = 2


def theirs(packets, mode, folder):
    file = os.path.join(folder, 'frames.lbc')
    with open(file, 'wb') as out:
        out.write(b'#!iLBC%d\n' % mode + b''.join(packets))
    raw = subprocess.run(['ffmpeg', '-v', 'error', '-f', 'ilbc', '-i', file, '-f', 's16le', '-'], check=True,
                         stdout=subprocess.PIPE).stdout
    return np.frombuffer(raw, '<i2').astype(float)


def plain(files, folder):
    """Decodes (mode, in, out) with ours, less the enhancer."""
    here = os.path.dirname(os.path.abspath(__file__))
    path = ':'.join(os.path.join(p.ROOT, module, 'target', 'classes') for module in ('sdk-api', 'codec-ilbc'))
    module = ['--module-path', path, '--patch-module']
    classes = os.path.join(folder, 'classes')
    subprocess.run(['javac', '-d', classes] + module + ['io.earshot.codec.ilbc=' + os.path.join(here, 'src'), '--add-modules',
                   'io.earshot.codec.ilbc', os.path.join(here, 'src/io/earshot/codec/ilbc/PlainDecoder.java')], check=True)
    subprocess.run(['java'] + module + ['io.earshot.codec.ilbc=' + classes, '-m',
                   'io.earshot.codec.ilbc/io.earshot.codec.ilbc.PlainDecoder'] + [str(x) for f in files for x in f], check=True)


def main():
    folder = p.work('ilbc')
    java = p.build('codec-ilbc')
    print(subprocess.run(['ffmpeg', '-version'], text=True, stdout=subprocess.PIPE).stdout.split('\n')[0])
    tasks, sets = [], []
    for voice, pcm in p.speech(8000, folder).items():
        source = os.path.join(folder, voice + '.pcm')
        pcm.tofile(source)
        for mode in (20, 30):
            name = os.path.join(folder, '%s-%d' % (voice, mode))
            tasks.append(('encode', 'iLBC/8000/1', mode, source, name, 'mode=%d' % mode))
            tasks.append(('decode', 'iLBC/8000/1', mode, name, name + '.pcm', 'mode=%d' % mode))
            sets.append((voice, mode, pcm.astype(float), name))
    p.ours(java, tasks)
    files = []
    for voice, mode, pcm, name in sets:
        with open(name + '.raw', 'wb') as out:
            out.write(b''.join(p.read_packets(name)))
        files.append((mode, name + '.raw', name + '.plain.pcm'))
    plain(files, folder)
    good = True
    for voice, mode, pcm, name in sets:
        packets = p.read_packets(name)
        skip = SKIPPED * mode * 8
        our, their = p.load(name + '.plain.pcm')[skip:], theirs(packets, mode, folder)[skip:]
        ratio, segments = p.snr(their, our), p.segmental(their, our, mode * 8)
        enhanced, delay = p.load(name + '.pcm')[skip:], 40 if mode == 20 else 80
        pcm = pcm[skip:skip + len(our)]
        kept = [p.segmental(pcm, our, 160), p.segmental(pcm, their, 160), p.segmental(pcm[:-delay], enhanced[delay:], 160)]
        good &= segments >= FLOOR
        print('%-8s mode %d  %5d frames %7d samples  to ffmpeg: SNR %5.1f dB, segmental %5.1f dB   segmental of the input: ours %4.1f, '
              'ffmpeg %4.1f, ours enhanced %4.1f dB%s' % ((voice, mode, len(packets), len(our), ratio, segments) + tuple(kept)
                                                        + ('' if segments >= FLOOR else '  TOO FAR',)), flush=True)
    for mode in (20, 30):
        source = os.path.join(folder, p.VOICES[0] + '.pcm')
        figures = p.ours(java, [('speed', 'iLBC/8000/1', mode, source, '-', 'mode=%d' % mode)])[0].split()
        print('mode %d: ns per frame: encode %s, decode %s; heap bytes %s and %s' % ((mode,) + tuple(figures[1:])), flush=True)
    sys.exit(0 if good else 1)


main()
