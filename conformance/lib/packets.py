"""What the comparisons of packet codecs share: speech, our codecs by way of PacketTool, losses, and measures."""
import os
import random
import struct
import subprocess
import sys
import wave

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TEXT = ('The quick brown fox jumps over the lazy dog. Please hold the line while I transfer your call. Six, seven, eight; yes! '
        'Shall we say half past nine on Thursday? A large size in stockings is hard to sell.')
VOICES = ['en+m3', 'en+f2', 'de+m1', 'fr+f3']


def work(name):
    folder = os.path.join(ROOT, 'conformance', 'target', name)
    os.makedirs(folder, exist_ok=True)
    return folder


def build(*modules):
    """Compiles the modules, unless SKIP_BUILD is set; returns what java needs to run them."""
    if not os.environ.get('SKIP_BUILD'):
        subprocess.run(['mvn', '-q', '-o', 'process-classes', '-am', '-pl', ','.join(modules)], cwd=ROOT, check=True)
    path = ':'.join(os.path.join(ROOT, module, 'target', 'classes') for module in ('sdk-api',) + modules)
    return ['java', '--module-path', path, '--add-modules', 'ALL-MODULE-PATH',
            os.path.join(ROOT, 'conformance', 'lib', 'PacketTool.java')]


def ours(java, tasks):
    """Runs tasks (verb, codec, ptime, in, out, fmtp); returns what they print."""
    lines = '\n'.join(' '.join(str(x) for x in task) for task in tasks)
    return subprocess.run(java, input=lines, text=True, check=True, stdout=subprocess.PIPE).stdout.split('\n')


def speech(rate, folder):
    """Returns {name: samples} of espeak-ng's voices at the rate; nothing above the source's half rate of 11 kHz is in them."""
    out = {}
    for voice in VOICES:
        file = os.path.join(folder, 'voice.wav')
        subprocess.run(['espeak-ng', '-v', voice, '-w', file, TEXT], check=True, stderr=subprocess.DEVNULL)
        with wave.open(file) as reader:
            raw = np.frombuffer(reader.readframes(reader.getnframes()), '<i2').astype(float)
            source = reader.getframerate()
        size = int(len(raw) * rate / source)
        spectrum = np.fft.rfft(raw)
        scaled = np.zeros(size // 2 + 1, complex)
        keep = min(len(spectrum), len(scaled))
        scaled[:keep] = spectrum[:keep]
        pcm = np.fft.irfft(scaled, size) * rate / source * 0.5
        out[voice] = np.clip(np.round(pcm), -32768, 32767).astype('<i2')
    return out


def write_packets(file, packets):
    with open(file, 'wb') as out:
        for packet in packets:
            out.write(struct.pack('<H', 65535) if packet is None else struct.pack('<H', len(packet)) + packet)


def read_packets(file):
    data = open(file, 'rb').read()
    packets, at = [], 0
    while at < len(data):
        size = struct.unpack_from('<H', data, at)[0]
        packets.append(None if size == 65535 else data[at + 2:at + 2 + size])
        at += 2 + (0 if size == 65535 else size)
    return packets


def lose(packets, share, seed=1):
    """Loses single packets: behind each lost one comes one that arrives."""
    chance = random.Random(seed)
    out = list(packets)
    for i in range(5, len(out) - 1):
        if out[i - 1] is not None and chance.random() < share:
            out[i] = None
    return out


def load(file):
    return np.fromfile(file, '<i2').astype(float)


def snr(reference, other):
    n = min(len(reference), len(other))
    noise = np.sum((reference[:n] - other[:n]) ** 2)
    return 10 * np.log10(max(np.sum(reference[:n] ** 2), 1e-9) / max(noise, 1e-9))


def aligned(reference, other, most):
    """Returns the best ratio over lags of other behind reference, and the lag."""
    spans = [(snr(reference[:len(other) - lag], other[lag:]), lag) for lag in range(-most, most + 1) if lag >= 0]
    spans += [(snr(reference[-lag:], other), lag) for lag in range(-most, 0)]
    return max(spans)


def segmental(reference, other, size):
    """Mean of the ratios of segments that are not silent, each kept within -10 to 60 dB."""
    n = min(len(reference), len(other)) // size
    a, b = reference[:n * size].reshape(n, size), other[:n * size].reshape(n, size)
    loud = np.sum(a ** 2, 1) > size * 10000
    ratios = 10 * np.log10(np.sum(a[loud] ** 2, 1) / np.maximum(np.sum((a[loud] - b[loud]) ** 2, 1), 1e-9))
    return float(np.mean(np.clip(ratios, -10, 60)))


def fail(message):
    print(message)
    sys.exit(1)
