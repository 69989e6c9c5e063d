#!/usr/bin/env python3
"""rtpcodec.py PORT CODEC OUT.wav [ms=20] [pt=N] [play=SPEECH.wav] [red=N block=N] [lose=N]: the sound of a SIPp call, by the reference libraries of the codec.

Sends a tone of 880 Hz, or speech (mono, at the codec's rate), as CODEC to wherever packets come from, and writes what it received as a mono WAV when it is told to
end; then it prints the payload types and the milliseconds of the packets that came. CODEC is one of pcmu, pcma, gsm (libgsm), g729 (bcg729), g729b (the same with
Annex B: pauses are described, not sent), speex, speexwb, speexuwb (libspeex), ilbc (ffmpeg decodes it;
nothing here encodes it, so what came is sent back). pt is the payload type to send with, the received one unless given. red is
the payload type of redundant packets (RFC 2198) with the one before in each, block what is in them; of every lose packets, one way and the
other, one is lost, and what came redundantly stands in for it."""
import array
import ctypes as c
import math
import os
import random
import signal
import socket
import struct
import subprocess
import sys
import time

from tone import read

HZ = 880


def lib(name):
    return c.CDLL(name)


class Gsm:
    rate, frame = 8000, 160

    def __init__(self):
        self.lib = lib("libgsm.so.1")
        self.lib.gsm_create.restype = c.c_void_p
        self.enc, self.dec = c.c_void_p(self.lib.gsm_create()), c.c_void_p(self.lib.gsm_create())

    def encode(self, pcm):
        out = c.create_string_buffer(33)
        self.lib.gsm_encode(self.enc, (c.c_short * 160)(*pcm), out)
        return out.raw

    def decode(self, payload):
        pcm = []
        for at in range(0, len(payload), 33):
            out = (c.c_short * 160)()
            self.lib.gsm_decode(self.dec, payload[at:at + 33], out)
            pcm += out
        return pcm


class G729:
    rate, frame = 8000, 80

    def __init__(self, pauses=0):
        self.pauses = pauses
        self.lib = lib("libbcg729.so.0")
        self.lib.initBcg729EncoderChannel.restype = self.lib.initBcg729DecoderChannel.restype = c.c_void_p
        self.enc = c.c_void_p(self.lib.initBcg729EncoderChannel(c.c_uint8(pauses)))
        self.dec = c.c_void_p(self.lib.initBcg729DecoderChannel())

    def encode(self, pcm):
        out, size = c.create_string_buffer(10), c.c_uint8()
        self.lib.bcg729Encoder(self.enc, (c.c_int16 * 80)(*pcm), out, c.byref(size))
        return out.raw[:size.value]

    def decode(self, payload):
        pcm = []
        for at in range(0, len(payload), 10):
            part, out = payload[at:at + 10], (c.c_int16 * 80)()
            self.lib.bcg729Decoder(self.dec, part, c.c_uint8(len(part)), c.c_uint8(0), c.c_uint8(len(part) < 10), c.c_uint8(0), out)
            pcm += out
        return pcm

    def quiet(self, samples):
        """What the decoder makes of frames that were not sent."""
        pcm = []
        for _ in range(samples // 80 if self.pauses else 0):
            out = (c.c_int16 * 80)()
            self.lib.bcg729Decoder(self.dec, None, c.c_uint8(0), c.c_uint8(1), c.c_uint8(0), c.c_uint8(0), out)
            pcm += out
        return pcm


class SpeexBits(c.Structure):
    _fields_ = [("chars", c.c_char_p), ("nbBits", c.c_int), ("charPtr", c.c_int), ("bitPtr", c.c_int), ("owner", c.c_int),
                ("overflow", c.c_int), ("buf_size", c.c_int), ("reserved1", c.c_int), ("reserved2", c.c_void_p)]


class Speex:
    def __init__(self, mode):
        self.rate, self.frame = 8000 << mode, 160 << mode
        self.lib = lib("libspeex.so.1")
        for name in ("speex_lib_get_mode", "speex_encoder_init", "speex_decoder_init"):
            getattr(self.lib, name).restype = c.c_void_p
        kind = c.c_void_p(self.lib.speex_lib_get_mode(mode))
        self.enc, self.dec = c.c_void_p(self.lib.speex_encoder_init(kind)), c.c_void_p(self.lib.speex_decoder_init(kind))
        self.out, self.inn = SpeexBits(), SpeexBits()
        self.lib.speex_bits_init(c.byref(self.out))
        self.lib.speex_bits_init(c.byref(self.inn))

    def encode(self, pcm):
        self.lib.speex_bits_reset(c.byref(self.out))
        self.lib.speex_encode_int(self.enc, (c.c_int16 * self.frame)(*pcm), c.byref(self.out))
        out = c.create_string_buffer(300)
        size = self.lib.speex_bits_write(c.byref(self.out), out, 300)
        return out.raw[:size]

    def decode(self, payload):
        self.lib.speex_bits_read_from(c.byref(self.inn), payload, len(payload))
        pcm = []
        while True:
            out = (c.c_int16 * self.frame)()
            if self.lib.speex_decode_int(self.dec, c.byref(self.inn), out) != 0 or len(pcm) > 5 * self.frame:
                return pcm
            pcm += out


class G711:
    rate, frame = 8000, 40

    def __init__(self, a_law):
        self.table = [self.a(u) if a_law else self.mu(u) for u in range(256)]
        self.back = {}
        order = sorted(range(256), key=lambda u: self.table[u])
        values = [self.table[u] for u in order]
        at = 0
        for v in range(-32768, 32768):
            while at + 1 < 256 and abs(values[at + 1] - v) <= abs(values[at] - v):
                at += 1
            self.back[v] = order[at]

    @staticmethod
    def mu(u):
        u = ~u & 0xFF
        t = (((u & 0x0F) << 3) + 0x84 << ((u & 0x70) >> 4)) - 0x84
        return -t if u & 0x80 else t

    @staticmethod
    def a(u):
        u ^= 0x55
        t, exponent = (u & 0x0F) << 4, (u & 0x70) >> 4
        t = t + 8 if exponent == 0 else t + 0x108 << exponent - 1
        return t if u & 0x80 else -t

    def encode(self, pcm):
        return bytes(self.back[v] for v in pcm)

    def decode(self, payload):
        return [self.table[u] for u in payload]


class Ilbc:
    """Keeps the frames; ffmpeg decodes them at the end."""
    rate, frame = 8000, 160

    def __init__(self):
        self.kept = b""
        self.size = 38

    def encode(self, pcm):
        return None

    def decode(self, payload):
        self.size = 50 if len(payload) % 50 == 0 else 38
        self.kept += payload
        return []

    def finish(self, out):
        path = out + ".lbc"
        with open(path, "wb") as f:
            f.write((b"#!iLBC30\n" if self.size == 50 else b"#!iLBC20\n") + self.kept)
        done = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-f", "s16le", "-"], stdout=subprocess.PIPE, check=False)
        os.remove(path)
        return list(array.array("h", done.stdout))


CODECS = {"pcmu": lambda: G711(False), "pcma": lambda: G711(True), "gsm": Gsm, "g729": G729, "g729b": lambda: G729(1), "ilbc": Ilbc,
          "speex": lambda: Speex(0), "speexwb": lambda: Speex(1), "speexuwb": lambda: Speex(2)}


class Done(Exception):
    pass


def stop(*_):
    raise Done


class Seen:
    """What the packets that came looked like."""

    def __init__(self):
        self.types, self.gaps, self.before, self.described, self.stood_in = set(), {}, None, 0, 0

    def add(self, packet, rate):
        sequence, stamp = struct.unpack_from("!HI", packet, 2)
        self.types.add(packet[1] & 0x7F)
        if self.before and sequence == self.before[0] + 1 & 0xFFFF:
            gap = (stamp - self.before[1] & 0xFFFFFFFF) * 1000 // rate
            self.gaps[gap] = self.gaps.get(gap, 0) + 1
        self.before = sequence, stamp

    def __str__(self):
        common = max(self.gaps, key=self.gaps.get) if self.gaps else 0
        return f"types {' '.join(map(str, sorted(self.types)))}, packets of {common} ms" + (
            f", {self.described} pauses described" if self.described else "") + (
            f", {self.stood_in} redundant blocks for lost packets" if self.stood_in else "")


class Hearing:
    """Decodes what comes, each packet in its time."""

    def __init__(self, codec, seen, red, lose):
        self.codec, self.seen, self.red, self.lose, self.count, self.end, self.before = codec, seen, red, lose, 0, None, None

    def take(self, packet):
        payload = packet[12 + 4 * (packet[0] & 15):]
        sequence, stamp = struct.unpack_from("!HI", packet, 2)
        self.count += 1
        if self.lose and self.count % self.lose == 0:
            return []
        pcm, older = [], b""
        if packet[1] & 0x7F == self.red and payload[0] & 0x80:
            size = (payload[2] & 3) << 8 | payload[3]
            older, payload = payload[5:5 + size], payload[5 + size:]
        elif packet[1] & 0x7F == self.red:
            payload = payload[1:]
        if older and self.before is not None and sequence == self.before + 2 & 0xFFFF:
            pcm += self.codec.decode(older)
            self.seen.stood_in += 1
        elif self.end is not None and isinstance(self.codec, G729) and 0 < (stamp - self.end & 0xFFFFFFFF) < 40000:
            pcm += self.codec.quiet(stamp - self.end & 0xFFFFFFFF)
        self.seen.described += isinstance(self.codec, G729) and len(payload) % 10 == 2
        sound = self.codec.decode(payload)
        self.before, self.end = sequence, stamp + len(sound) & 0xFFFFFFFF
        return pcm + sound


def redundant(before, payload, block, ticks):
    """The payload behind the one before it."""
    head = 1 << 31 | block << 24 | ticks << 10 | len(before)
    return (struct.pack("!I", head) if before else b"") + bytes([block]) + before + payload


def talk(sock, codec, millis, forced, seen, speech, red, block, lose):
    """Until it is told to end: what was heard."""
    heard, source, kind, phase, before, sent = [], None, forced, 0, b"", 0
    hearing = Hearing(codec, seen, red, lose)
    sequence, stamp, ssrc = random.getrandbits(16), random.getrandbits(32), random.getrandbits(32)
    ticks = codec.rate * millis // 1000
    due = time.monotonic()
    try:
        while True:
            sock.settimeout(max(0.001, due - time.monotonic()) if source else None)
            try:
                packet, source = sock.recvfrom(4096)
                if len(packet) > 12 and packet[0] >> 6 == 2 and not 200 <= packet[1] <= 207:
                    kind = kind if kind is not None else packet[1] & 0x7F
                    seen.add(packet, codec.rate)
                    heard += hearing.take(packet)
                    if isinstance(codec, Ilbc):
                        sock.sendto(packet[:8] + struct.pack("!I", ssrc) + packet[12:], source)
            except socket.timeout:
                pass
            while source and kind is not None and time.monotonic() >= due:
                due = max(due + millis / 1000, time.monotonic() - 0.2)
                if isinstance(codec, Ilbc):
                    continue
                payload = b""
                for _ in range(ticks // codec.frame):
                    payload += codec.encode([speech[(phase + i) % len(speech)] if speech
                                             else round(8000 * math.sin(2 * math.pi * HZ * (phase + i) / codec.rate))
                                             for i in range(codec.frame)])
                    phase += codec.frame
                sent += 1
                body = redundant(before, payload, block, ticks) if red else payload
                before = payload
                if payload and not (lose and sent % lose == 0):
                    sock.sendto(struct.pack("!BBHII", 0x80, red or kind, sequence, stamp, ssrc) + body, source)
                sequence, stamp = sequence + (1 if payload else 0) & 0xFFFF, stamp + ticks & 0xFFFFFFFF
    except Done:
        return codec.finish(out) if isinstance(codec, Ilbc) else heard


def main():
    port, name = int(sys.argv[1]), sys.argv[2]
    options = dict(pair.split("=") for pair in sys.argv[4:])
    codec = CODECS[name]()
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", port))
    signal.signal(signal.SIGTERM, stop)
    seen = Seen()
    heard = talk(sock, codec, int(options.get("ms", "20")), int(options["pt"]) if "pt" in options else None, seen,
                 read(options["play"], "mono")[1] if "play" in options else None,
                 int(options.get("red", "0")), int(options.get("block", "0")), int(options.get("lose", "0")))
    print(seen)
    data = array.array("h", heard).tobytes()
    with open(out, "wb") as f:
        f.write(struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, codec.rate, 2 * codec.rate,
                            2, 16, b"data", len(data)) + data)


out = sys.argv[3]
main()
