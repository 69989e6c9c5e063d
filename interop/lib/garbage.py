#!/usr/bin/env python3
"""garbage.py PORT: sends a SIP port of this machine what is not SIP, or almost is, from a fixed seed.
garbage.py tone FILE: writes five seconds of a 1000 Hz tone as mu-law octets, what SIPp's rtp_stream wants."""
import math
import random
import socket
import sys

INVITE = (b"INVITE sip:1001@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKgarbage%d\r\n"
          b"From: <sip:g@127.0.0.1>;tag=g\r\nTo: <sip:1001@127.0.0.1>\r\nCall-ID: garbage-%d\r\nCSeq: 1 INVITE\r\n"
          b"Contact: <sip:g@127.0.0.1:9>\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")


def datagrams(rng):
    yield b""
    yield b"\r\n\r\n"
    yield b"\0" * 1200
    yield b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"
    yield b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"                      # the start of a TLS handshake
    yield b"\x00\x01\x00\x00\x21\x12\xa4\x42" + rng.randbytes(12)              # STUN binding request
    yield b"\x80\x00" + rng.randbytes(170)                                     # RTP on the wrong port
    yield b"SIP/2.0 200 OK\r\n\r\n"
    yield b"INVITE sip:1001@127.0.0.1 SIP/9.9\r\n\r\n"
    yield b"INVITE " + b"x" * 60000 + b" SIP/2.0\r\n\r\n"
    yield b"OPTIONS sip:1001@127.0.0.1 SIP/2.0\r\n" + b"Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKv\r\n" * 900
    whole = INVITE % (1, 1)
    yield whole.replace(b"Content-Length: 0", b"Content-Length: 99999")
    yield whole.replace(b"Content-Length: 0", b"Content-Length: -1")
    yield whole.replace(b"CSeq: 1 INVITE", b"CSeq: 99999999999999999999 INVITE")
    yield whole.replace(b"CSeq: 1 INVITE", b"CSeq: 1 BYE")
    yield whole.replace(b"<sip:1001@127.0.0.1>", b"<sip:[::1")
    yield whole.replace(b"Max-Forwards: 70", b"Max-Forwards: \xff\xfe")
    for i in range(200):
        yield rng.randbytes(rng.randrange(1, 1400))
    for i in range(200):                                                       # an INVITE cut short
        yield whole[:rng.randrange(1, len(whole) - 40)]
    for i in range(200):                                                       # an ACK (never answered) with bytes changed
        b = bytearray((INVITE % (i, i)).replace(b"INVITE", b"ACK"))
        for _ in range(rng.randrange(1, 20)):
            b[rng.randrange(len(b))] = rng.randrange(256)
        yield bytes(b)


def main():
    if sys.argv[1] == "tone":
        with open(sys.argv[2], "wb") as f:
            f.write(bytes(ulaw(int(12000 * math.sin(2 * math.pi * 1000 * i / 8000))) for i in range(40000)))
        return
    rng = random.Random(2026)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        sent = 0
        for datagram in datagrams(rng):
            s.sendto(datagram, ("127.0.0.1", int(sys.argv[1])))
            sent += 1
    print(f"{sent} datagrams of garbage")


def ulaw(v):
    """16 bit linear to an ITU-T G.711 mu-law octet."""
    sign, v = (0x80, -v) if v < 0 else (0, v)
    v = min(v, 32635) + 0x84
    exponent = v.bit_length() - 8
    return ~(sign | exponent << 4 | v >> exponent + 3 & 0x0F) & 0xFF


main()
