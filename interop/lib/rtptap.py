#!/usr/bin/env python3
"""rtptap.py UA_SIDE PEER_SIDE PEER_PORT OUT.wav: a wire tap in the media path, for what a peer cannot record.

The user agent sends its RTP to UA_SIDE, which goes on to PEER_PORT; the peer sends to PEER_SIDE, which goes on to
wherever the user agent sent from last (symmetric RTP). RTCP likewise, one port higher. On SIGTERM everything of
payload type 0 that passed is written as a stereo WAV on the time line of its arrival: left what went to the user
agent, right what it sent. A pause in the packets is silence of that length."""
import select
import signal
import socket
import struct
import sys
import time

RATE = 8000
LATE = RATE // 10     # an in-sequence packet this far off the time line starts a new place on it


def ulaw(u):
    """ITU-T G.711 mu-law octet to 16 bit linear."""
    u = ~u & 0xFF
    t = (((u & 0x0F) << 3) + 0x84 << ((u & 0x70) >> 4)) - 0x84
    return -t if u & 0x80 else t


TABLE = [ulaw(u) for u in range(256)]


class Track:
    def __init__(self):
        self.samples = {}     # start sample -> octets
        self.end = None
        self.seq = None

    def add(self, packet, at):
        if len(packet) <= 12 or packet[0] >> 6 != 2 or packet[1] & 0x7F != 0:
            return
        seq = struct.unpack_from("!H", packet, 2)[0]
        body = packet[12 + 4 * (packet[0] & 0x0F):]
        start = int(at * RATE)
        if self.end is not None and seq == self.seq + 1 & 0xFFFF and abs(start - self.end) < LATE:
            start = self.end
        self.samples[start] = body
        self.seq, self.end = seq, start + len(body)

    def render(self, length):
        out = [0] * length
        for start, body in self.samples.items():
            for i, u in enumerate(body[:max(0, length - start)]):
                out[start + i] = TABLE[u]
        return out


def bind(port):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", port))
    return s


def main():
    ua_side, peer_side, peer_port, path = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    done = []
    signal.signal(signal.SIGTERM, lambda *_: done.append(1))
    ua, peer = [bind(ua_side), bind(ua_side + 1)], [bind(peer_side), bind(peer_side + 1)]
    where = [None, None]
    to_ua, to_peer = Track(), Track()
    t0 = time.monotonic()
    while not done:
        for s in select.select(ua + peer, [], [], 0.2)[0]:
            packet, source = s.recvfrom(2048)
            at = time.monotonic() - t0
            i = (ua if s in ua else peer).index(s)
            if s in ua:
                where[i] = source
                peer[i].sendto(packet, ("127.0.0.1", peer_port + i))
                if i == 0:
                    to_peer.add(packet, at)
            else:
                if where[i]:
                    ua[i].sendto(packet, where[i])
                if i == 0:
                    to_ua.add(packet, at)
    length = max(to_ua.end or 0, to_peer.end or 0)
    pairs = [v for both in zip(to_ua.render(length), to_peer.render(length)) for v in both]
    data = struct.pack(f"<{len(pairs)}h", *pairs)
    with open(path, "wb") as f:
        f.write(b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt ")
        f.write(struct.pack("<IHHIIHH", 16, 1, 2, RATE, 4 * RATE, 4, 16) + b"data" + struct.pack("<I", len(data)) + data)


main()
