"""Compares our iLBC decoder with ffmpeg's, which computes in fixed point, on what our encoder makes; and tells what the encoder keeps."""
import os
import subprocess
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib'))
import packets as p  # noqa: E402

FLOOR = 20.0


def theirs(packets, mode, folder):
    file = os.path.join(folder, 'frames.lbc')
    with open(file, 'wb') as out:
        out.write(b'#!iLBC%d\n' % mode + b''.join(packets))
    raw = subprocess.run(['ffmpeg', '-v', 'error', '-f', 'ilbc', '-i', file, '-f', 's16le', '-'], check=True,
                         stdout=subprocess.PIPE).stdout
    return np.frombuffer(raw, '<i2').astype(float)


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
    good = True
    for voice, mode, pcm, name in sets:
        packets = p.read_packets(name)
        our, their = p.load(name + '.pcm'), theirs(packets, mode, folder)
        ratio = p.snr(their, our)
        delay = 40 if mode == 20 else 80
        kept = [p.segmental(pcm[:len(x) - delay], x[delay:], 160) for x in (our, their)]
        good &= ratio >= FLOOR
        print('%-8s mode %d  %5d frames %7d samples  SNR to ffmpeg %5.1f dB  input kept (segmental): ours %4.1f dB, ffmpeg %4.1f dB%s'
              % (voice, mode, len(packets), len(our), ratio, kept[0], kept[1], '' if ratio >= FLOOR else '  TOO FAR'), flush=True)
    for mode in (20, 30):
        source = os.path.join(folder, p.VOICES[0] + '.pcm')
        figures = p.ours(java, [('speed', 'iLBC/8000/1', mode, source, '-', 'mode=%d' % mode)])[0].split()
        print('mode %d: ns per frame: encode %s, decode %s; heap bytes %s and %s' % ((mode,) + tuple(figures[1:])), flush=True)
    sys.exit(0 if good else 1)


main()
