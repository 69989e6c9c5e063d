"""Compares G.711 with the ITU-T's arithmetic, spandsp and ffmpeg: every octet decoded, every linear sample encoded, both laws. The two
libraries round some samples on a decision value the other way; that is theirs."""
import ctypes
import os
import subprocess
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib'))
import packets as p  # noqa: E402
from compare import row  # noqa: E402

SPANDSP = ctypes.CDLL('libspandsp.so.2')
SPANDSP.g711_init.restype = ctypes.c_void_p


def spandsp(law, data, encode):
    state = ctypes.c_void_p(SPANDSP.g711_init(None, 0 if law == 'PCMA' else 1))
    if encode:
        out = np.zeros(len(data), 'u1')
        SPANDSP.g711_encode(state, out.ctypes.data_as(ctypes.c_void_p), data.ctypes.data_as(ctypes.c_void_p), len(data))
    else:
        out = np.zeros(len(data), '<i2')
        SPANDSP.g711_decode(state, out.ctypes.data_as(ctypes.c_void_p), data.ctypes.data_as(ctypes.c_void_p), len(data))
    return out


def ffmpeg(law, data, encode):
    raw = 'alaw' if law == 'PCMA' else 'mulaw'
    ends = ('s16le', raw) if encode else (raw, 's16le')
    command = ['ffmpeg', '-v', 'error', '-f', ends[0], '-ar', '8000', '-ac', '1', '-i', '-', '-f', ends[1], '-']
    out = subprocess.run(command, input=data.tobytes(), stdout=subprocess.PIPE, check=True).stdout
    return np.frombuffer(out, 'u1' if encode else '<i2')


def table(law, data, encode):
    """By the ones' complement arithmetic of ITU-T G.191: a sample on a decision value belongs to the interval nearer to zero."""
    if not encode:
        return spandsp(law, data, False)
    out = []
    for x in data.astype(int):
        if law == 'PCMA':
            size = (~x if x < 0 else x) >> 4
            exponent = max(0, int(size).bit_length() - 4)
            code = (exponent << 4) + ((size >> (exponent - 1) & 15) if exponent else size)
            out.append((code | (0 if x < 0 else 128)) ^ 0x55)
        else:
            size = min(0x1FFF, ((~x if x < 0 else x) >> 2) + 33)
            exponent = int(size).bit_length() - 6
            code = exponent << 4 | size >> (exponent + 1) & 15
            out.append((code | (128 if x < 0 else 0)) ^ 0xFF)
    return np.array(out, 'u1')


def main():
    folder, good, table_rows = p.work('g711'), True, {}
    java = p.build('codec-g711')
    linear, octets = np.arange(-32768, 32768).astype('<i2'), np.arange(256).astype('u1')
    pcm, coded = os.path.join(folder, 'linear'), os.path.join(folder, 'octets')
    np.concatenate((linear, np.zeros(64, '<i2'))).tofile(pcm)  # whole packets of 160
    p.write_packets(coded, [octets.tobytes()[:160], octets.tobytes()[160:]])
    for law in ('PCMU', 'PCMA'):
        p.ours(java, [('encode', law + '/8000/1', 20, pcm, pcm + '.' + law, ''),
                      ('decode', law + '/8000/1', 20, coded, coded + '.' + law, '')])
        encoded = np.frombuffer(b''.join(p.read_packets(pcm + '.' + law)), 'u1')[:65536]
        decoded = np.fromfile(coded + '.' + law, '<i2')
        for by in (table, spandsp, ffmpeg):
            for verb, ours, theirs in (('encode', encoded, by(law, linear, True)), ('decode', decoded, by(law, octets, False))):
                off = int(np.sum(ours != theirs)) + abs(len(ours) - len(theirs))
                print('%s %s against %-8s %6d samples %6d differ' % (law, verb, by.__name__, len(ours), off), flush=True)
                good &= off == 0 or by is not table and verb == 'encode'
                pairs, samples, differ = table_rows.get((verb, by.__name__), (0, 0, 0))
                table_rows[verb, by.__name__] = pairs + 1, samples + len(ours), differ + off
    for (verb, by), (pairs, samples, differ) in table_rows.items():
        if (verb, by) != ('decode', 'table'):  # which is spandsp's
            must = by == 'table' or verb == 'decode'
            note = differ if must else '%d samples, all on a decision value' % differ
            row('G.711 %sr' % verb, 'the arithmetic of G.191' if by == 'table' else by, pairs, '%d samples' % samples, note, must)
    sys.exit(0 if good else 1)


main()
