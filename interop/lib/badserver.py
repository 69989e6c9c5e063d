#!/usr/bin/env python3
"""badserver.py PORT silent|503|slow|dies: a SIP server on 127.0.0.1 that hears everything and says nothing, or refuses everything, or refuses
the first request with 404 when it is 7 s old and nobody waits for it any more, or asks for credentials and says nothing when they come."""
import socket
import sys
import threading

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", int(sys.argv[1])))
answered = False


def late(answer, peer):
    server.sendto(answer, peer)
    print("answered", flush=True)


while True:
    message, peer = server.recvfrom(65535)
    head = message.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    print(head[0], flush=True)
    if sys.argv[2] == "silent" or " SIP/2.0" not in head[0] or head[0].startswith("ACK "):
        continue
    wanted = ("via:", "from:", "call-id:", "cseq:")
    lines = [line for line in head[1:] if line.lower().startswith(wanted)]
    lines += [line + (";tag=bad" if ";tag=" not in line else "") for line in head[1:] if line.lower().startswith("to:")]
    status = {"503": "503 Service Unavailable", "slow": "404 Not Found", "dies": "401 Unauthorized"}[sys.argv[2]]
    if sys.argv[2] == "dies":
        lines.append('WWW-Authenticate: Digest realm="interop.example", nonce="of-the-first", qop="auth", algorithm=MD5')
        if any(line.lower().startswith("authorization:") for line in head):
            continue
    answer = "\r\n".join(["SIP/2.0 " + status, *lines, "Content-Length: 0", "", ""]).encode("latin-1")
    if sys.argv[2] != "slow":
        server.sendto(answer, peer)
    elif not answered:
        answered = True
        threading.Timer(7, late, (answer, peer)).start()
