"""Bad clients of the control server, all at once: python3 control-flood.py PORT. Ends well when it still answers."""
import random
import socket
import sys
import time

PORT = int(sys.argv[1])
R = random.Random(11)
SEEDS = [b"?function=API_TestEcho&echo=1", b"BOFCOMMANDBOFLINEfunction=API_TestEchoEOFLINEBOFLINEparam1=1EOFLINEEOFCOMMAND",
         b'{"function":"API_TestEcho","echo":"1"}', b"<r><function>API_TestEcho</function><echo>1</echo></r>", b"API_TestEcho,1"]


def connect():
    return socket.create_connection(("127.0.0.1", PORT), 5)


def mutated():
    data = bytearray(R.choice(SEEDS))
    for _ in range(R.randrange(1, 5)):
        at = R.randrange(len(data))
        kind = R.randrange(3)
        if kind == 0:
            data[at] = R.randrange(256)
        elif kind == 1:
            del data[at:]
            data += b"x"
        else:
            data[at:at] = data[:at]
    return bytes(data)


began = time.monotonic()
idle = [connect() for _ in range(1000)]
slow = [connect() for _ in range(50)]
for one in slow:
    one.sendall(b"GET / HTTP/1.1\r\nHost: loc")
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
count = 0
for _ in range(300):
    tcp = connect()
    try:
        tcp.sendall(b"\r\n".join(mutated() for _ in range(200)) + b"\r\n")
        tcp.shutdown(socket.SHUT_WR)
        tcp.settimeout(5)
        while tcp.recv(65536):
            pass
    except OSError:
        pass
    tcp.close()
    for _ in range(100):
        udp.sendto(mutated(), ("127.0.0.1", PORT))
    count += 300
huge = connect()
try:
    huge.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 100000)
    answer = huge.recv(100)
    assert b" 413 " in answer, answer
except ConnectionError:
    pass
fine = connect()
fine.settimeout(5)
fine.sendall(b"GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n")
assert fine.recv(100).startswith(b"HTTP/1.1 200 "), "no answer after the flood"
print(f"{count} broken requests, 1000 idle and 50 slow connections in {time.monotonic() - began:.1f} s")
