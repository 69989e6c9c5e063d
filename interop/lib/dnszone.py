#!/usr/bin/env python3
"""dnszone.py [--late SECONDS] PORT RECORD…: an authoritative DNS server on 127.0.0.1, UDP, for a handful of records, which takes its time.

A record is NAME TYPE DATA in one argument:
  "sip.test NAPTR 10 50 s SIP+D2U _sip._udp.sip.test"   "_sip._udp.sip.test SRV 10 0 5060 one.sip.test"   "one.sip.test A 127.0.0.1"
Other types of a name that is there get an empty answer, other names NXDOMAIN.
"""
import socket
import struct
import sys
import threading

TYPES = {"A": 1, "AAAA": 28, "NAPTR": 35, "SRV": 33}


def name(text):
    return b"".join(bytes([len(label)]) + label.encode() for label in text.split(".") if label) + b"\0"


def string(text):
    return bytes([len(text)]) + text.encode()


def data(kind, fields):
    if kind == "A":
        return socket.inet_aton(fields[0])
    if kind == "AAAA":
        return socket.inet_pton(socket.AF_INET6, fields[0])
    if kind == "SRV":
        return struct.pack("!HHH", *map(int, fields[:3])) + name(fields[3])
    order, preference, flags, service, replacement = fields
    return struct.pack("!HH", int(order), int(preference)) + string(flags) + string(service) + string("") + name(replacement)


def parse(query):
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode("latin-1").lower())
        at += query[at] + 1
    return ".".join(labels), struct.unpack("!H", query[at + 1:at + 3])[0], query[12:at + 5]


def main():
    zone, late, arguments = {}, 0.0, sys.argv[1:]
    if arguments[0] == "--late":
        late, arguments = float(arguments[1]), arguments[2:]
    for record in arguments[1:]:
        owner, kind, *fields = record.split()
        zone.setdefault(owner.lower(), []).append((TYPES[kind], data(kind, fields)))
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", int(arguments[0])))
    while True:
        query, peer = server.recvfrom(4096)
        try:
            owner, kind, question = parse(query)
        except (IndexError, struct.error):
            continue
        answers = [one for one in zone.get(owner, []) if one[0] == kind]
        head = query[:2] + struct.pack("!HHHHH", 0x8500 | (0 if owner in zone else 3), 1, len(answers), 0, 0)
        body = b"".join(b"\xc0\x0c" + struct.pack("!HHIH", one, 1, 5, len(value)) + value for one, value in answers)
        threading.Timer(late, server.sendto, (head + question + body, peer)).start()
        print(owner, kind, len(answers), flush=True)


main()
