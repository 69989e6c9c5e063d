#!/usr/bin/env python3
"""merged.py FROM-PORT TO-PORT: one INVITE by two ways, as a proxy that forks may send it (RFC 3261 8.2.2.2): another branch, all else alike.
Prints the final answers; exit code 0 if the first got 200 and the second 482, and the call was ended then."""
import re
import socket
import sys

HERE, THERE = int(sys.argv[1]), ("127.0.0.1", int(sys.argv[2]))
SDP = f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {HERE + 4} RTP/AVP 0\r\n"
peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
peer.bind(("127.0.0.1", HERE))
peer.settimeout(10)


def send(method, branch, sequence, to="", body=""):
    kind = "Content-Type: application/sdp\r\n" if body else ""
    peer.sendto((f"{method} sip:1001@127.0.0.1:{THERE[1]} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{HERE};branch={branch};rport\r\n"
                 f"From: <sip:merged@127.0.0.1>;tag=m1\r\nTo: <sip:1001@127.0.0.1>{to}\r\nCall-ID: merged-{HERE}\r\nCSeq: {sequence} {method}\r\n"
                 f"Contact: <sip:merged@127.0.0.1:{HERE}>\r\nMax-Forwards: 70\r\n{kind}Content-Length: {len(body)}\r\n\r\n{body}").encode(),
                THERE)


def main():
    finals = {}
    tag = ""
    send("INVITE", "z9hG4bKone", 1, body=SDP)
    send("INVITE", "z9hG4bKtwo", 1, body=SDP)
    while len(finals) < 2:
        text = peer.recv(65535).decode("latin-1")
        status = re.match(r"SIP/2.0 (\d+)", text)
        branch = re.search(r"(?im)^Via:.*branch=(z9hG4bK\w+)", text)
        if not status or not branch or status.group(1)[0] == "1" or branch.group(1) in finals:
            continue
        finals[branch.group(1)] = status.group(1)
        tag = ";tag=" + re.search(r"(?im)^To:.*;tag=([^\s;]+)", text).group(1)
        if status.group(1) == "200":
            send("ACK", "z9hG4bKack", 1, tag)
            mine = tag
        else:
            send("ACK", branch.group(1), 1, tag)
    send("BYE", "z9hG4bKbye", 2, mine if "200" in finals.values() else tag)
    print("one", finals["z9hG4bKone"], "two", finals["z9hG4bKtwo"])
    return 0 if (finals["z9hG4bKone"], finals["z9hG4bKtwo"]) == ("200", "482") else 1


sys.exit(main())
