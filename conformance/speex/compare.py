"""Compares our Speex with libspeex: both decode what either encodes, with and without losses; then what the encoders keep of the input."""
import ctypes
import os
import platform
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib'))
import packets as p  # noqa: E402
from compare import row  # noqa: E402

SPEEX = ctypes.CDLL('libspeex.so.1')
for name in ('speex_encoder_init', 'speex_decoder_init', 'speex_lib_get_mode'):
    getattr(SPEEX, name).restype = ctypes.c_void_p
SET_MODE, SET_QUALITY, SET_VBR, SET_VBR_QUALITY, SET_COMPLEXITY, SET_VAD, SET_DTX = 6, 4, 12, 14, 16, 30, 34
BANDS = {8000: (0, range(1, 9)), 16000: (1, range(11)), 32000: (2, range(11))}
#: Our decoder rounds as libspeex does on processors with SSE. Elsewhere libspeex sums in another order: samples may differ by 1 and, where two
#: delays of its enhancement fit equally well, this share of the frames by more.
EXACT = platform.machine() == 'x86_64'
MOST = 0.01


class Bits(ctypes.Structure):
    _fields_ = [('chars', ctypes.c_void_p), ('nbBits', ctypes.c_int), ('charPtr', ctypes.c_int), ('bitPtr', ctypes.c_int),
                ('owner', ctypes.c_int), ('overflow', ctypes.c_int), ('buf_size', ctypes.c_int), ('reserved1', ctypes.c_int),
                ('reserved2', ctypes.c_void_p)]


def control(state, function, request, value):
    getattr(SPEEX, function)(state, request, ctypes.byref(ctypes.c_int(value)))


def encode(rate, mode, pcm, **settings):
    number, _ = BANDS[rate]
    state = ctypes.c_void_p(SPEEX.speex_encoder_init(ctypes.c_void_p(SPEEX.speex_lib_get_mode(number))))
    control(state, 'speex_encoder_ctl', SET_COMPLEXITY, 3)
    control(state, 'speex_encoder_ctl', SET_MODE if rate == 8000 else SET_QUALITY, mode)
    if 'set_vbr' in settings:
        quality = (0, 0, 2, 4, 6, 8, 9, 10, 1)[mode] if rate == 8000 else mode
        SPEEX.speex_encoder_ctl(state, SET_VBR_QUALITY, ctypes.byref(ctypes.c_float(quality)))
    for name, value in settings.items():
        control(state, 'speex_encoder_ctl', globals()[name.upper()], value)
    bits, out, buffer, size = Bits(), [], ctypes.create_string_buffer(500), rate // 50
    SPEEX.speex_bits_init(ctypes.byref(bits))
    for at in range(0, len(pcm) - size + 1, size):
        block = np.ascontiguousarray(pcm[at:at + size], '<i2').copy()
        SPEEX.speex_bits_reset(ctypes.byref(bits))
        SPEEX.speex_encode_int(state, block.ctypes.data_as(ctypes.c_void_p), ctypes.byref(bits))
        length = SPEEX.speex_bits_write(ctypes.byref(bits), buffer, 500)
        out.append(buffer.raw[:length])
    return out


def decode(rate, packets):
    """As libspeex does by itself: with its enhancement and its high pass."""
    number, _ = BANDS[rate]
    state = ctypes.c_void_p(SPEEX.speex_decoder_init(ctypes.c_void_p(SPEEX.speex_lib_get_mode(number))))
    bits, block, out = Bits(), np.zeros(rate // 50, '<i2'), []
    SPEEX.speex_bits_init(ctypes.byref(bits))
    for packet in packets:
        if packet is not None:
            SPEEX.speex_bits_read_from(ctypes.byref(bits), packet, len(packet))
        SPEEX.speex_decode_int(state, ctypes.byref(bits) if packet is not None else None, block.ctypes.data_as(ctypes.c_void_p))
        out.append(block.copy())
    return np.concatenate(out).astype(float)


def line(label, stream, their, our, size):
    """Prints how far our decoder is from libspeex's; returns whether it is near enough."""
    n = min(len(their), len(our))
    off = np.abs(their[:n] - our[:n])
    ratio = p.snr(their[:n], our[:n])
    other = int(np.sum(off.reshape(-1, size).max(1) > 1))
    good = len(their) == len(our) and (not off.any() if EXACT else other <= MOST * len(stream))
    print('%-44s %5d frames %7d samples %7d differ, by %3d at most, %3d frames by more than 1  SNR %5.1f dB%s' % (
        label, len(stream), n, np.count_nonzero(off), off.max(), other, ratio, '' if good else '  TOO FAR'), flush=True)
    kind = ' and concealment' if 'lost' in label else ', variable rate, voice activity, DTX' if '=' in label.split('mode')[0] else ', every mode'
    count = TABLE.setdefault('Speex decoder' + kind, [0, 0, 0])
    for i, more in enumerate((1, len(stream), int(np.count_nonzero(off)))):
        count[i] += more
    return good


def keeps(pcm, stream, rate):
    """How much of the sound an encoder keeps, in decibels of segments, decoded by libspeex."""
    decoded = decode(rate, stream)
    near = max(((p.segmental(pcm[:len(decoded) - lag], decoded[lag:], rate // 50)), lag) for lag in range(0, rate // 40, rate // 8000))
    return near[0]


#: What was compared: comparisons, frames, differing samples.
TABLE = {}

#: What our encoder is asked for in the a=fmtp of a peer, and libspeex by its settings.
MODES = {'': {}, 'vbr=on;': {'set_vbr': 1}, 'vbr=vad;': {'set_vad': 1}, 'vbr=vad;cng=on;': {'set_vad': 1, 'set_dtx': 1}}


def main():
    folder, good, margins, lengths = p.work('speex'), True, [], [0, 0, 0]
    java = p.build('codec-speex')
    for rate, (_, modes) in BANDS.items():
        speech = list(p.speech(rate, folder).values())
        pcm = np.concatenate([np.concatenate((x, np.zeros(rate, '<i2'))) for x in speech])
        source = os.path.join(folder, '%d.pcm' % rate)
        pcm.tofile(source)
        codec, tasks, sets = 'speex/%d/1' % rate, [], []
        for wish, settings in MODES.items():
            for mode in modes if not wish else [modes[-3]]:
                for by in ('libspeex', 'ours'):
                    name = os.path.join(folder, '%s-%d-%s-%d' % (by, rate, '-'.join(settings) or 'constant', mode))
                    if by == 'ours':
                        tasks.append(('encode', codec, 20, source, name, '%smode=%d' % (wish, mode)))
                    else:
                        p.write_packets(name, encode(rate, mode, pcm, **settings))
                    tasks.append(('decode', codec, 20, name, name + '.pcm', ''))
                    sets.append(('%5d Hz %smode %d by %s' % (rate, wish, mode, by), name))
        for share in (5, 10, 20):
            name = os.path.join(folder, 'lossy-%d-%d' % (rate, share))
            p.write_packets(name, p.lose(encode(rate, modes[-3], pcm), share / 100))
            tasks.append(('decode', codec, 20, name, name + '.pcm', ''))
            sets.append(('%5d Hz mode %d, %d %% lost' % (rate, modes[-3], share), name))
        p.ours(java, tasks)
        for label, name in sets:
            stream = p.read_packets(name)
            good &= line(label, stream, decode(rate, stream), p.load(name + '.pcm'), rate // 50)
        for label, name in sets:
            if 'by ours' in label and '=' in label:
                both = [[len(x) for x in p.read_packets(os.path.join(folder, os.path.basename(name).replace('ours', by)))]
                        for by in ('ours', 'libspeex')]
                for i, more in enumerate((1, len(both[0]), sum(a != b for a, b in zip(*both)))):
                    lengths[i] += more
                print('%s: %d of %d frames as long as libspeex\'s; %d and %d bit/s' % (
                    label, sum(a == b for a, b in zip(*both)), len(both[0]), *(sum(x) * 400 / len(x) for x in both)), flush=True)
        for mode in modes:
            name = os.path.join(folder, '%%s-%d-constant-%d' % (rate, mode))
            kept = [keeps(pcm.astype(float), p.read_packets(name % by), rate) for by in ('ours', 'libspeex')]
            print('%5d Hz mode %2d encoders, segmental SNR to the input: ours %4.1f dB, libspeex %4.1f dB' % (rate, mode, *kept), flush=True)
            good &= kept[0] > kept[1] - 1
            margins.append(kept[0] - kept[1])
    for what, (comparisons, frames, differing) in TABLE.items():
        row(what, 'libspeex', comparisons, frames, differing, EXACT)
    row('Speex encoder, every mode', 'libspeex: segmental SNR to the input', len(margins), '', 'by %.1f to %+.1f dB' % (
        min(margins), max(margins)), False)
    row('Speex encoder, length of each frame', "libspeex's choice", lengths[0], lengths[1], '%d frames' % lengths[2], False)
    sys.exit(0 if good else 1)


main()
