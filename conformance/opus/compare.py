"""Compares our Opus with libopus: both decode what either encodes, with and without losses; then their speed."""
import ctypes
import ctypes.util
import os
import subprocess
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib'))
import packets as p  # noqa: E402
from compare import row  # noqa: E402

OPUS = ctypes.CDLL('libopus.so.0')
OPUS.opus_encoder_create.restype = ctypes.c_void_p
OPUS.opus_decoder_create.restype = ctypes.c_void_p
OPUS.opus_get_version_string.restype = ctypes.c_char_p
VOIP, AUDIO = 2048, 2049
BITRATE, MAX_BANDWIDTH, VBR, COMPLEXITY, FEC, LOSS, FORCE_MODE = 4002, 4004, 4006, 4010, 4012, 4014, 11002
NARROW, MEDIUM, WIDE, SUPER, FULL = 1101, 1102, 1103, 1104, 1105
SILK, HYBRID, CELT = 1000, 1001, 1002
RATE = 48000


class Encoder:
    def __init__(self, channels=1, application=VOIP, **settings):
        self.channels = channels
        self.state = ctypes.c_void_p(OPUS.opus_encoder_create(RATE, channels, application, None))
        for name, value in settings.items():
            OPUS.opus_encoder_ctl(self.state, globals()[name.upper()], value)

    def run(self, pcm, samples):
        out, buffer = [], ctypes.create_string_buffer(1275)
        for at in range(0, len(pcm) - samples * self.channels + 1, samples * self.channels):
            block = np.ascontiguousarray(pcm[at:at + samples * self.channels], '<i2')
            size = OPUS.opus_encode(self.state, block.ctypes.data_as(ctypes.c_void_p), samples, buffer, 1275)
            out.append(buffer.raw[:size])
        return out


def decode(stream, samples, channels=1, fec=False):
    state = ctypes.c_void_p(OPUS.opus_decoder_create(RATE, channels, None))
    out, block = [], np.zeros(5760 * channels, '<i2')
    pointer = block.ctypes.data_as(ctypes.c_void_p)
    for i, packet in enumerate(stream):
        if packet is None:
            after = stream[i + 1] if fec and i + 1 < len(stream) else None
            size = len(after) if after else 0
            got = OPUS.opus_decode(state, after, size, pointer, samples, 1 if after else 0)
        else:
            got = OPUS.opus_decode(state, packet, len(packet), pointer, 5760, 0)
        out.append(block[:got * channels].copy())
    return np.concatenate(out).astype(float)


BANDS = [0, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 68, 80, 96, 120, 156, 200]


def spectrum(samples):
    """Returns the power spectrum of each frame."""
    frames = (len(samples) - 480 + 120) // 120
    index = np.arange(frames)[:, None] * 120 + np.arange(480)
    window = 0.5 - 0.5 * np.cos(2 * np.pi / 479 * np.arange(480))
    return np.abs(np.fft.rfft(samples[index] * window, axis=1))[:, :200] ** 2 + 100000


def quality(x, y, channels=1):
    """The comparison of RFC 6716 section 6.1: 100 is equal, below 0 does not conform."""
    n = min(len(x), len(y)) // channels * channels
    power = [[spectrum(s[c:n:channels]) for c in range(channels)] for s in (x, y)]
    energy = np.stack([np.stack([one[:, a:b].mean(1) for a, b in zip(BANDS, BANDS[1:])], 1) for one in power[0]])
    for b in range(1, 21):
        energy[:, :, b] += 0.1 * energy[:, :, b - 1]
    for b in range(19, -1, -1):
        energy[:, :, b] += 0.03 * energy[:, :, b + 1]
    for t in range(1, energy.shape[1]):
        energy[:, t] += 0.5 * energy[:, t - 1]
    if channels == 2:
        energy = energy + 0.01 * energy[::-1]
    errors = []
    for c in range(channels):
        mask = 0.1 * np.repeat(energy[c], np.diff(BANDS), axis=1)
        a, b = power[0][c] + mask, power[1][c] + mask
        a[1:] = a[1:] + a[:-1]
        b[1:] = b[1:] + b[:-1]
        ratio = b / a
        error = ratio - np.log(ratio) - 1
        error[:, 79:82] *= 0.1
        error[:, 80] *= 0.1
        errors.append(np.stack([error[:, i:j].mean(1) for i, j in zip(BANDS, BANDS[1:])], 1))
    per_frame = (np.mean(errors, 0) ** 2).mean(1) ** 2
    total = (np.mean(per_frame ** 2)) ** (1 / 16)
    return 100 * (1 - 0.5 * np.log(1 + total) / np.log(1.13))


#: What was compared: comparisons, packets, samples, differing ones, least and greatest quality.
TABLE = {}


def group(label):
    mono = label.replace('stereo, ', '')
    return ('Opus concealment and FEC, 10 % lost' if 'lost' in label else 'Opus decoder, packets of ours' if 'ours' in label
            else 'Opus decoder, modes changing' if 'changes' in label
            else 'Opus decoder, %s' % mono.split()[0] if mono.split()[0] in ('SILK', 'hybrid', 'CELT') else 'Opus decoder, free choice')


def report(label, frames, reference, other, channels=1, held=True):
    n = min(len(reference), len(other))
    differing = int(np.sum(reference[:n] != other[:n])) + abs(len(reference) - len(other))
    q = quality(reference, other, channels)
    count = TABLE.setdefault(group(label), [0, 0, 0, 0, 100.0, -100.0])
    for i, more in enumerate((1, frames, n, differing)):
        count[i] += more
    count[4:] = min(count[4], q), max(count[5], q)
    verdict = '' if q >= 0 else '  DOES NOT CONFORM' if held else '  (concealment is free)'
    print('%-52s %5d packets %7d samples %7d differ  SNR %5.1f dB  Q %5.1f%s' % (label, frames, n, differing,
                                                                             p.snr(reference, other), q, verdict), flush=True)
    return q >= 0 or not held


def vectors(java, folder):
    """Decodes the RFC's own streams, testvectorNN.bit beside testvectorNN.dec or m.dec, in the folder that OPUS_VECTORS names."""
    source, good = os.environ.get('OPUS_VECTORS'), True
    for name in sorted(os.listdir(source)) if source else []:
        base = os.path.join(source, name[:-4])
        if not name.endswith('.bit'):
            continue
        data, packets, at = open(base + '.bit', 'rb').read(), [], 0
        while at + 8 <= len(data):
            size = int.from_bytes(data[at:at + 4], 'big')
            packets.append(data[at + 8:at + 8 + size] or None)
            at += 8 + size
        p.write_packets(os.path.join(folder, 'vector'), packets)
        p.ours(java, [('decode', 'opus/48000/2', 20, os.path.join(folder, 'vector'), os.path.join(folder, 'vector.pcm'), '')])
        ours = p.load(os.path.join(folder, 'vector.pcm'))
        results = {end: quality(p.load(base + end), ours, 2) for end in ('.dec', 'm.dec') if os.path.exists(base + end)}
        print('%-52s %5d packets  Q %s' % (name[:-4], len(packets), results), flush=True)
        row('Opus decoder, ' + name[:-4], "the RFC's", 1, len(packets), 'Q %.1f' % max(results.values()), False)
        good &= max(results.values()) >= 0
    return good


STREAMS = [
    ('SILK narrowband 12 kbit/s 20 ms', 20, dict(bitrate=12000, max_bandwidth=NARROW, force_mode=SILK)),
    ('SILK wideband 20 kbit/s 20 ms', 20, dict(bitrate=20000, max_bandwidth=WIDE, force_mode=SILK)),
    ('SILK wideband 20 kbit/s 10 ms', 10, dict(bitrate=20000, max_bandwidth=WIDE, force_mode=SILK)),
    ('SILK wideband 20 kbit/s 60 ms', 60, dict(bitrate=20000, max_bandwidth=WIDE, force_mode=SILK)),
    ('hybrid super-wideband 28 kbit/s 20 ms', 20, dict(bitrate=28000, max_bandwidth=SUPER, force_mode=HYBRID)),
    ('hybrid fullband 36 kbit/s 20 ms', 20, dict(bitrate=36000, max_bandwidth=FULL, force_mode=HYBRID)),
    ('hybrid fullband 36 kbit/s 10 ms', 10, dict(bitrate=36000, max_bandwidth=FULL, force_mode=HYBRID)),
    ('CELT fullband 64 kbit/s 20 ms', 20, dict(bitrate=64000, max_bandwidth=FULL, force_mode=CELT)),
    ('CELT fullband 96 kbit/s 5 ms', 5, dict(bitrate=96000, max_bandwidth=FULL, force_mode=CELT)),
    ('CELT fullband 96 kbit/s 2.5 ms', 2.5, dict(bitrate=96000, max_bandwidth=FULL, force_mode=CELT)),
    ('free choice 24 kbit/s 20 ms', 20, dict(bitrate=24000)),
    ('constant bit rate 32 kbit/s 20 ms', 20, dict(bitrate=32000, vbr=0)),
    ('SILK medium band 16 kbit/s 40 ms', 40, dict(bitrate=16000, max_bandwidth=MEDIUM, force_mode=SILK)),
    ('CELT narrowband 32 kbit/s 20 ms', 20, dict(bitrate=32000, max_bandwidth=NARROW, force_mode=CELT)),
    ('CELT wideband 48 kbit/s 10 ms', 10, dict(bitrate=48000, max_bandwidth=WIDE, force_mode=CELT)),
    ('CELT super-wideband 64 kbit/s 20 ms', 20, dict(bitrate=64000, max_bandwidth=SUPER, force_mode=CELT)),
    ('stereo, SILK narrowband 20 kbit/s 20 ms', 20, dict(channels=2, bitrate=20000, max_bandwidth=NARROW, force_mode=SILK)),
    ('stereo, SILK wideband 32 kbit/s 20 ms', 20, dict(channels=2, bitrate=32000, max_bandwidth=WIDE, force_mode=SILK)),
    ('stereo, hybrid super-wideband 40 kbit/s 20 ms', 20, dict(channels=2, bitrate=40000, max_bandwidth=SUPER, force_mode=HYBRID)),
    ('stereo, hybrid fullband 56 kbit/s 10 ms', 10, dict(channels=2, bitrate=56000, max_bandwidth=FULL, force_mode=HYBRID)),
    ('stereo, CELT fullband 64 kbit/s 20 ms', 20, dict(channels=2, bitrate=64000, max_bandwidth=FULL, force_mode=CELT)),
    ('stereo, CELT fullband 160 kbit/s 5 ms', 5, dict(channels=2, bitrate=160000, max_bandwidth=FULL, force_mode=CELT)),
    ('stereo, free choice 48 kbit/s 20 ms', 20, dict(channels=2, bitrate=48000)),
]


def main():
    folder = p.work('opus')
    java = p.build('tp-concentus', 'codec-opus')
    print(OPUS.opus_get_version_string().decode())
    pcm = np.concatenate(list(p.speech(RATE, folder).values()))
    pcm.tofile(os.path.join(folder, 'speech.pcm'))
    half = pcm[:len(pcm) // 2]
    two = np.stack([half, np.roll(half // 2, 4800)], 1).reshape(-1)
    tasks, sets = [], []
    for i, (label, millis, settings) in enumerate(STREAMS):
        samples = int(48 * millis)
        channels = settings.get('channels', 1)
        stream = Encoder(**settings).run(two if channels == 2 else pcm, samples)
        name = os.path.join(folder, 'theirs%d' % i)
        p.write_packets(name, stream)
        tasks.append(('decode', 'opus/48000/%d' % channels, 10, name, name + '.pcm', ''))
        sets.append((label, stream, samples, name + '.pcm', False, channels))
    switching = []
    for i, settings in enumerate([s[2] for s in STREAMS if s[1] == 20 and 'channels' not in s[2]] * 2):
        switching += Encoder(**settings).run(pcm[i * 24000:(i + 1) * 24000], 960)
    stream = Encoder(bitrate=24000, max_bandwidth=WIDE, fec=1, loss=20).run(pcm, 960)
    for label, packets, fec in (('mode changes at every half second', switching, False),
                                ('wideband 24 kbit/s, 10 % lost, concealed', p.lose(stream, 0.1), False),
                                ('wideband 24 kbit/s, 10 % lost, FEC', p.lose(stream, 0.1), True)):
        name = os.path.join(folder, 'theirs%d' % len(sets))
        p.write_packets(name, packets)
        tasks.append(('fec' if fec else 'decode', 'opus/48000/1', 20, name, name + '.pcm', ''))
        sets.append((label, packets, 960, name + '.pcm', fec, 1))
    formats = [('encoded by ours: 32 kbit/s', 20, ''), ('encoded by ours: wideband 24 kbit/s', 20, 'maxplaybackrate=16000'),
               ('encoded by ours: 30 ms packets', 30, ''), ('encoded by ours: 120 ms packets', 120, ''),
               ('encoded by ours: narrowband, constant rate', 20, 'maxplaybackrate=8000;cbr=1')]
    for i, (label, millis, fmtp) in enumerate(formats):
        name = os.path.join(folder, 'ours%d' % i)
        tasks.append(('encode', 'opus/48000/1', millis, os.path.join(folder, 'speech.pcm'), name, fmtp))
        tasks.append(('decode', 'opus/48000/1', millis, name, name + '.pcm', ''))
    p.ours(java, tasks)
    good = True
    for label, stream, samples, result, fec, channels in sets:
        good &= report(label, len(stream), decode(stream, samples, channels, fec), p.load(result), channels, 'lost' not in label)
    for i, (label, millis, fmtp) in enumerate(formats):
        stream = p.read_packets(os.path.join(folder, 'ours%d' % i))
        good &= report(label, len(stream), decode(stream, 48 * millis), p.load(os.path.join(folder, 'ours%d.pcm' % i)))
    for what, (comparisons, packets, samples, differing, least, most) in TABLE.items():
        row(what, 'libopus', comparisons, packets, '%.1f %% of the samples; Q %.1f to %.1f' % (100 * differing / samples, least, most), False)
    good &= vectors(java, folder)
    if not os.environ.get('NO_SPEED'):
        speed(java, folder, pcm)
    sys.exit(0 if good else 1)


def speed(java, folder, pcm):
    """Times both, one after the other, over the same speech: nanoseconds of 20 ms, and what ours takes from the heap."""
    speech, bench = os.path.join(folder, 'short.pcm'), os.path.join(folder, 'bench')
    pcm[:20 * RATE].tofile(speech)
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'bench.c')
    subprocess.run(['gcc', '-O2', '-o', bench, source, '-l:libopus.so.0'], check=True)
    for label, fmtp, bitrate, bandwidth in (('8 kHz, 12 kbit/s', 'maxplaybackrate=8000', 12000, NARROW),
                                            ('16 kHz, 24 kbit/s', 'maxplaybackrate=16000', 24000, WIDE),
                                            ('48 kHz, 32 kbit/s', '', 32000, FULL)):
        ours = [int(x) for x in p.ours(java, [('speed', 'opus/48000/1', 20, speech, '-', fmtp)])[0].split()[1:]]
        theirs = [int(x) for x in subprocess.check_output([bench, speech, str(bitrate), str(bandwidth), '5'], text=True).split()]
        print('%-20s ns per 20 ms: encode %7d (libopus %6d, x%.1f), decode %6d (libopus %6d, x%.1f); heap bytes %d and %d' % (
            label, ours[0], theirs[0], ours[0] / theirs[0], ours[1], theirs[1], ours[1] / theirs[1], ours[2], ours[3]), flush=True)


main()
