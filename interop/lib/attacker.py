#!/usr/bin/env python3
"""attacker.py FIRST SECOND PORT PORT: a relay between two phones, like lossy.py without its losses, which attacks the first of them.

With each packet of sound of the second's that it passes on, it sends the first phone one more: the same again, an old one, one with a
flipped bit, a truncated one, one of its own making in clear, a STUN check without the password, a DTLS record of junk, a DTLS hello; now
as if from the second, now from a port that nobody knows. Also started as attacker.py HOST PORT SECONDS: a stranger alone, who
sends what needs no packets of others. On SIGTERM, and at its end, it prints how many it sent of each kind."""
import os
import random
import select
import signal
import socket
import struct
import sys
import time
import zlib

SENT = {}
RANDOM = random.Random(7)


def tell(*_):
    print("attacks: " + ", ".join(f"{count} {kind}" for kind, count in sorted(SENT.items())), flush=True)
    os._exit(0)


def check():
    """A STUN check of a user name that is not ours, with an integrity that no password made, and a right fingerprint."""
    user = b"abcd:wxyz"
    body = struct.pack(">HH", 6, len(user)) + user + b"\0" * (-len(user) % 4)
    body += struct.pack(">HHI", 0x24, 4, 99) + struct.pack(">HHQ", 0x802A, 8, 5)
    body += struct.pack(">HH", 8, 20) + RANDOM.randbytes(20)
    head = struct.pack(">HHI", 1, len(body) + 8, 0x2112A442) + RANDOM.randbytes(12)
    return head + body + struct.pack(">HHI", 0x8028, 4, zlib.crc32(head + body) ^ 0x5354554E)


def record(kind, content, epoch=0):
    return struct.pack(">BHHHIH", kind, 0xFEFD, epoch, 0, RANDOM.getrandbits(8), len(content)) + content


def hello():
    body = b"\xfe\xfd" + RANDOM.randbytes(32) + b"\0\0\0\x02\xc0\x2b\x01\0"
    return record(22, struct.pack(">BBHHBHBH", 1, 0, len(body), 0, 0, 0, 0, len(body)) + body)


def sound(like):
    """A packet in clear that would be next in turn."""
    return like[:2] + struct.pack(">H", struct.unpack(">H", like[2:4])[0] + 1 & 0xFFFF) + like[4:12] + b"\xd5" * 160


def flipped(packet):
    out = bytearray(packet)
    out[RANDOM.randrange(len(out))] ^= 1 << RANDOM.randrange(8)
    return bytes(out)


ALONE = {
    "checks": check,
    "hellos": hello,
    "records": lambda: record(RANDOM.randrange(20, 26), RANDOM.randbytes(RANDOM.randrange(60)), RANDOM.randrange(2)),
    "forged": lambda: sound(b"\x80\0" + RANDOM.randbytes(10)),
}


def relay():
    sides = []
    for port in sys.argv[1:3]:
        sides.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        sides[-1].bind(("127.0.0.1", int(port)))
    peers = [("127.0.0.1", int(port)) for port in sys.argv[3:5]]
    stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    old = []
    number = 0
    while True:
        for s in select.select(sides, [], [])[0]:
            i = sides.index(s)
            data, _ = s.recvfrom(2048)
            try:
                sides[1 - i].sendto(data, peers[1 - i])
            except OSError:
                continue
            if i == 0 or len(data) < 100 or data[0] >> 6 != 2:
                continue
            old.append(data)
            number += 1
            if number < 25:
                continue
            kinds = {"played again": lambda: data, "old": lambda: old[number // 2], "flipped": lambda: flipped(data),
                     "truncated": lambda: data[:RANDOM.randrange(1, len(data))], "in clear": lambda: sound(data), **ALONE}
            kind = list(kinds)[number % len(kinds)]
            who = sides[0] if number // len(kinds) % 2 else stranger
            # The relay stands for the peer's own address, from which DTLS is believed until there are keys; these are there by now.
            who.sendto(kinds[kind](), peers[0])
            SENT[kind] = SENT.get(kind, 0) + 1


def stranger():
    out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    end = time.monotonic() + float(sys.argv[3])
    while time.monotonic() < end:
        for kind, made in ALONE.items():
            out.sendto(made(), (sys.argv[1], int(sys.argv[2])))
            SENT[kind] = SENT.get(kind, 0) + 1
        time.sleep(0.02)
    tell()


signal.signal(signal.SIGTERM, tell)
print("ready", flush=True)
stranger() if len(sys.argv) == 4 else relay()
