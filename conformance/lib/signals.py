"""Makes the signals that codecs are compared over: signals.py RATE FOLDER writes raw 16 bit little endian mono files."""
import math
import os
import random
import struct
import subprocess
import sys
import wave

TEXT = {
    'en': 'The quick brown fox jumps over the lazy dog. Please hold the line while I transfer your call. Six, seven, eight; yes! '
          'Shall we say half past nine on Thursday? A large size in stockings is hard to sell. Oak is strong and also gives shade.',
    'de': 'Guten Tag, Sie sprechen mit der Vermittlung. Bitte bleiben Sie am Apparat, ich verbinde. Zwischen zwei Zwetschgenzweigen '
          'sitzen zwei zwitschernde Schwalben. Heute ist schönes Frühlingswetter.',
    'fr': 'Bonjour, ne quittez pas, je vous passe la personne. Les chaussettes de l’archiduchesse sont-elles sèches? '
          'Il fait très beau ce matin au bord de la mer.',
    'hu': 'Jó napot kívánok, kérem tartsa a vonalat. Öt török öt görögöt dögönyöz örökös örömök között.',
}
VOICES = [('en+m3', 'en'), ('en+f2', 'en'), ('de+m1', 'de'), ('de+f4', 'de'), ('fr+f3', 'fr'), ('fr+m2', 'fr'), ('hu+m5', 'hu'), ('hu+f1', 'hu')]


def clip(x):
    return max(-32768, min(32767, int(round(x))))


def write(folder, name, samples):
    with open(os.path.join(folder, name + '.pcm'), 'wb') as out:
        out.write(struct.pack('<%dh' % len(samples), *samples))


def resample(samples, source, target):
    """A moving average and straight lines: aliases, which is all the same to a comparison."""
    step = source / target
    out = []
    for i in range(int((len(samples) - 2) / step)):
        at = i * step
        k = int(at)
        out.append(samples[k] + (samples[k + 1] - samples[k]) * (at - k))
    return out


def speech(rate, folder):
    for voice, language in VOICES:
        file = os.path.join(folder, 'voice.wav')
        subprocess.run(['espeak-ng', '-v', voice, '-w', file, TEXT[language]], check=True)
        with wave.open(file) as reader:
            raw = struct.unpack('<%dh' % reader.getnframes(), reader.readframes(reader.getnframes()))
            source = reader.getframerate()
        os.remove(file)
        plain = resample(raw, source, rate)
        name = 'speech-' + voice.replace('+', '-')
        write(folder, name, [clip(x) for x in plain])
        if voice.startswith('en'):
            write(folder, name + '-soft', [clip(x / 64) for x in plain])
            write(folder, name + '-clipped', [clip(x * 8) for x in plain])


def artificial(rate, folder):
    dice = random.Random(610)
    seconds = 4
    count = rate * seconds
    two_pi = 2 * math.pi
    write(folder, 'silence', [0] * count)
    write(folder, 'tone-440', [clip(8192 * math.sin(two_pi * 440 * i / rate)) for i in range(count)])
    write(folder, 'tone-1004-full', [clip(32767 * math.sin(two_pi * 1004 * i / rate)) for i in range(count)])
    write(folder, 'sweep-full', [clip(32767 * math.sin(two_pi * (rate / 2) * i * i / (2 * count * rate))) for i in range(count)])
    write(folder, 'dtmf', [clip((9000 * (math.sin(two_pi * 770 * i / rate) + math.sin(two_pi * 1336 * i / rate))) * (i // (rate // 10) % 2))
                           for i in range(count)])
    write(folder, 'noise-full', [dice.randint(-32768, 32767) for _ in range(count)])
    write(folder, 'noise-soft', [dice.randint(-40, 40) for _ in range(count)])
    write(folder, 'noise-bursts', [dice.randint(-32768, 32767) >> (i // (rate // 8) % 16) for i in range(count)])
    write(folder, 'extremes', [dice.choice((-32768, 32767)) for _ in range(count)])
    write(folder, 'square-full', [(32767, -32768)[i // 37 % 2] for i in range(count)])
    write(folder, 'square-slow', [(32767, -32768)[i // (rate // 3) % 2] for i in range(count)])
    write(folder, 'nyquist', [(32767, -32768)[i % 2] for i in range(count)])
    write(folder, 'constant-low', [-32768] * count)
    write(folder, 'impulses', [32767 if i % 211 == 0 else 0 for i in range(count)])
    write(folder, 'fade', [clip(32767 * math.exp(-9 * i / count) * math.sin(two_pi * 300 * i / rate + 5 * math.sin(two_pi * 3 * i / rate)))
                           for i in range(count)])


if __name__ == '__main__':
    os.makedirs(sys.argv[2], exist_ok=True)
    speech(int(sys.argv[1]), sys.argv[2])
    artificial(int(sys.argv[1]), sys.argv[2])
