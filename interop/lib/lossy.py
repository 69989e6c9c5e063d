#!/usr/bin/env python3
"""lossy.py FIRST SECOND PERCENT SEED [KIND [PORT PORT]]: a relay between two, which loses that share of what is of a kind, each way.

The one end sends to the port FIRST, the other to SECOND; each hears the other as from the port that it sends to, once both have sent
something, or from the beginning where their own PORTs are given. KIND is rtp, or dtls, of which the first from either side is lost
whatever the share; the rest passes whole. On SIGTERM it prints what came of that from either side, and how much of it was lost."""
import random
import select
import signal
import socket
import sys


def bind(port):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", port))
    return s


def is_rtp(data):
    return len(data) > 12 and data[0] >> 6 == 2 and not 192 <= data[1] <= 223


def is_dtls(data):
    return len(data) > 12 and 20 <= data[0] <= 63


def main():
    lossy = is_dtls if sys.argv[5:6] == ["dtls"] else is_rtp
    sides = [bind(int(sys.argv[1])), bind(int(sys.argv[2]))]
    share, chance = float(sys.argv[3]) / 100, random.Random(int(sys.argv[4]))
    peers, came, lost = [("127.0.0.1", int(port)) for port in sys.argv[6:8]] or [None, None], [0, 0], [0, 0]

    def end(*_):
        print(f"{lost[0]} of {came[0]} lost from the first, {lost[1]} of {came[1]} from the second", flush=True)
        sys.exit(0)

    signal.signal(signal.SIGTERM, end)
    print("ready", flush=True)
    while True:
        for s in select.select(sides, [], [])[0]:
            i = sides.index(s)
            data, peers[i] = s.recvfrom(2048)
            if lossy(data):
                came[i] += 1
                if chance.random() < share or lossy is is_dtls and came[i] == 1:
                    lost[i] += 1
                    continue
            if peers[1 - i]:
                try:
                    sides[1 - i].sendto(data, peers[1 - i])
                except OSError:
                    pass


main()
