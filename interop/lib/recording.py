#!/usr/bin/env python3
"""recording.py FORMAT FILE SECONDS: says how long a recording is, and fails when it is not whole frames or shorter than that."""
import struct
import sys


def wav(data):
    if data[:4] != b"RIFF" or data[8:16] != b"WAVEfmt " or data[36:40] != b"data":
        raise ValueError("no WAV header")
    size = struct.unpack("<I", data[40:44])[0]
    if size + 44 > len(data):
        raise ValueError("the header tells of %d bytes, the file has %d" % (size, len(data) - 44))
    channels, rate = struct.unpack("<HI", data[22:28])
    return size / (2 * channels * rate)


def gsm(data):
    """RFC 3551 section 4.5.8.1: 33 bytes for 20 ms, the first four bits 1101."""
    if len(data) % 33:
        raise ValueError("%d bytes are no whole frames" % len(data))
    if any(data[i] >> 4 != 0xD for i in range(0, len(data), 33)):
        raise ValueError("a frame without its signature")
    return len(data) / 33 * 0.02


def ogg_crc(page):
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)
        crc &= 0xFFFFFFFF
    return crc


def opus(data):
    """RFC 3533 and 7845: pages one after another, each with its sum."""
    at = number = granule = 0
    while at < len(data):
        if data[at:at + 4] != b"OggS":
            raise ValueError("no page at %d" % at)
        if at + 27 > len(data) or at + 27 + data[at + 26] > len(data):
            break
        length = 27 + data[at + 26] + sum(data[at + 27:at + 27 + data[at + 26]])
        page = bytearray(data[at:at + length])
        if len(page) < length:
            break
        said, page[22:26] = struct.unpack("<I", page[22:26])[0], b"\0\0\0\0"
        if ogg_crc(page) != said:
            raise ValueError("page %d has another sum" % number)
        if struct.unpack("<I", page[18:22])[0] != number:
            raise ValueError("page %d is missing" % number)
        granule = struct.unpack("<q", page[6:14])[0]
        number, at = number + 1, at + length
    if len(data) - at > 65307:
        raise ValueError("%d bytes of no page" % (len(data) - at))
    return granule / 48000


def mp3(data):
    """ISO 11172-3 and 13818-3, layer III."""
    rates = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
    bits = {3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320), 2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)}
    at = seconds = 0
    while at + 4 <= len(data):
        if data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
            raise ValueError("no frame at %d" % at)
        version = data[at + 1] >> 3 & 3
        rate = rates[version][data[at + 2] >> 2 & 3]
        kbit = bits[3 if version == 3 else 2][data[at + 2] >> 4]
        samples = 1152 if version == 3 else 576
        length = samples // 8 * kbit * 1000 // rate + (data[at + 2] >> 1 & 1)
        if at + length > len(data):
            break
        seconds += samples / rate
        at += length
    return seconds


try:
    with open(sys.argv[2], "rb") as file:
        got = {"wav": wav, "gsm": gsm, "opus": opus, "mp3": mp3}[sys.argv[1]](file.read())
except ValueError as broken:
    print(broken)
    sys.exit(1)
print("%.1f s" % got)
sys.exit(0 if got >= float(sys.argv[3]) else 1)
