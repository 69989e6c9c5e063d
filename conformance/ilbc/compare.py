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
from compare import row  # noqa: E402

FLOOR = 30.0
#: Theirs cuts samples off where ours rounds them: that alone is 57 dB over speech.
SEQUENCES = 50.0
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


def sequences(java, folder, source):
    """The sequences of RFC 3951's authors: their streams decoded, whole and with losses, against their sound; our stream beside theirs."""
    good, off, ratios, frames, kept = True, 0, [], 0, []
    pcm = np.fromfile(os.path.join(source, 'iLBC.INP'), '<i2')
    pcm.tofile(os.path.join(folder, 'sequence.pcm'))
    for mode, size in ((20, 38), (30, 50)):
        data = open(os.path.join(source, 'iLBC_%dms.BIT' % mode), 'rb').read()
        theirs = [data[at:at + size] for at in range(0, len(data), size)]
        name = os.path.join(folder, 'sequence-%d' % mode)
        for channel in ('clean', 'tlm05'):
            arrived = np.fromfile(os.path.join(source, channel + '.chn'), '<i2')
            p.write_packets(name, [frame if here else None for frame, here in zip(theirs, arrived)])
            p.ours(java, [('decode', 'iLBC/8000/1', mode, name, name + '.out', 'mode=%d' % mode)])
            sound, ours = p.load(os.path.join(source, 'iLBC_%dms_%s.OUT' % (mode, channel))), p.load(name + '.out')
            ratio, most = p.segmental(sound, ours, mode * 8), int(np.max(np.abs(sound - ours)))
            ratios.append(ratio)
            off += int(np.sum(np.abs(sound - ours) > 1))
            frames += len(theirs)
            good &= ratio >= SEQUENCES
            print('sequence %d ms %-6s %4d frames, %2d lost: segmental SNR %.1f dB, %d samples differ by more than 1, %d at most%s' % (
                mode, channel, len(theirs), int(np.sum(arrived[:len(theirs)] == 0)), ratio, np.sum(np.abs(sound - ours) > 1), most,
                '' if ratio >= SEQUENCES else '  TOO FAR'), flush=True)
        p.ours(java, [('encode', 'iLBC/8000/1', mode, os.path.join(folder, 'sequence.pcm'), name, 'mode=%d' % mode),
                      ('decode', 'iLBC/8000/1', mode, name, name + '.out', 'mode=%d' % mode)])
        delay = 40 if mode == 20 else 80
        both = [p.segmental(pcm[:-delay].astype(float), x[delay:], 160) for x in (
            p.load(name + '.out'), p.load(os.path.join(source, 'iLBC_%dms_clean.OUT' % mode)))]
        ours = p.read_packets(name)
        print('sequence %d ms encoder: %d of %d frames equal, segmental SNR to the input: ours %.2f dB, theirs %.2f dB' % (
            mode, sum(a == b for a, b in zip(ours, theirs)), len(theirs), *both), flush=True)
        kept.append(both[0] - both[1])
        good &= kept[-1] > -0.5
    row('iLBC decoder', "its authors' sequences, clean and 5 % lost", 4, frames, 'segmental SNR %.1f to %.1f dB; %d samples by more than 1' % (
        min(ratios), max(ratios), off), False)
    row('iLBC encoder', "its authors' sequences: segmental SNR to the input", 2, frames // 2, 'by %+.2f and %+.2f dB' % tuple(kept), False)
    return good


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
    good, all_segments, frames = True, [], 0
    for voice, mode, pcm, name in sets:
        packets = p.read_packets(name)
        skip = SKIPPED * mode * 8
        our, their = p.load(name + '.plain.pcm')[skip:], theirs(packets, mode, folder)[skip:]
        ratio, segments = p.snr(their, our), p.segmental(their, our, mode * 8)
        enhanced, delay = p.load(name + '.pcm')[skip:], 40 if mode == 20 else 80
        pcm = pcm[skip:skip + len(our)]
        kept = [p.segmental(pcm, our, 160), p.segmental(pcm, their, 160), p.segmental(pcm[:-delay], enhanced[delay:], 160)]
        good &= segments >= FLOOR
        all_segments.append(segments)
        frames += len(packets)
        print('%-8s mode %d  %5d frames %7d samples  to ffmpeg: SNR %5.1f dB, segmental %5.1f dB   segmental of the input: ours %4.1f, '
              'ffmpeg %4.1f, ours enhanced %4.1f dB%s' % ((voice, mode, len(packets), len(our), ratio, segments) + tuple(kept)
                                                        + ('' if segments >= FLOOR else '  TOO FAR',)), flush=True)
    row('iLBC decoder without enhancer', 'ffmpeg', len(sets), frames, 'segmental SNR %.1f to %.1f dB' % (
        min(all_segments), max(all_segments)), False)
    if os.environ.get('ILBC_VECTORS'):
        good &= sequences(java, folder, os.environ['ILBC_VECTORS'])
    sys.exit(0 if good else 1)


main()
