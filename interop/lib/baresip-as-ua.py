#!/usr/bin/env python3
"""baresip-as-ua.py key=value...: baresip behind the command line that the cases expect of the program under test.

For proving the cases themselves: INTEROP_UA=interop/lib/baresip-as-ua.py interop/run. What baresip 1.0.0 cannot do
(SHA-256, an audio recording that goes on after hold) fails, as it should."""
import glob
import os
import re
import selectors
import signal
import socket
import struct
import subprocess
import sys
import time

KEYS = dict(pair.split("=", 1) for pair in sys.argv[1:])
SIP = int(KEYS["signalingport"])
CONSOLE = SIP + 5
RTP = int(KEYS["rtpport"])
SERVER = KEYS["serveraddress"]
HOME = os.path.abspath("baresip-ua")
MODULES = os.path.dirname((glob.glob("/usr/lib/baresip/modules/account.so")
                           + glob.glob("/usr/lib/*/baresip/modules/account.so"))[0])
CONFIG = f"""poll_method epoll
module_path {MODULES}
sip_listen 127.0.0.1:{SIP}
net_interface 127.0.0.1
rtp_ports {RTP}-{RTP + 9}
audio_source ausine,{KEYS["audiosource"].split(":")[1]}
audio_player aubridge,heard
audio_alert aubridge,alert
ausrc_srate 48000
ausrc_channels 2
snd_path {HOME}
cons_listen 127.0.0.1:{CONSOLE}
ringback_disabled yes
statmode_default off
module g711.so
module ausine.so
module aubridge.so
module sndfile.so
module_tmp account.so
module_app menu.so
module cons.so
"""


def tell(*fields):
    print("WPNOTIFICATION," + ",".join(fields) + ",NEOL", flush=True)


class Standin:
    def __init__(self):
        os.makedirs(HOME)
        mode = "auto" if KEYS.get("autoaccept") == "true" else "manual"
        interval = KEYS.get("registerinterval", "60") if KEYS.get("register") == "1" else "0"
        with open(f"{HOME}/config", "w") as f:
            f.write(CONFIG)
        with open(f"{HOME}/accounts", "w") as f:
            f.write(f"<sip:{KEYS['username']}@{SERVER}>;auth_user={KEYS['username']};auth_pass={KEYS['password']};"
                    f"regint={interval};audio_codecs=PCMU/8000/1;answermode={mode}\n")
        open(f"{HOME}/contacts", "w").close()
        self.baresip = subprocess.Popen(["baresip", "-s", "-f", HOME], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT)
        self.calls, self.open, self.ending = 0, False, False

    def do(self, command):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.sendto(f"/{command}\n".encode(), ("127.0.0.1", CONSOLE))

    def command(self, line):
        name = re.search(r"function=API_(\w+)", line).group(1)
        if name == "Call":
            self.do("dial sip:" + re.search(r"peer=([^&\s]+)", line).group(1) + "@" + SERVER)
        elif name in ("Hangup", "Reject"):
            self.do("hangup")
        elif name == "Accept":
            self.do("accept")
        elif name == "Hold":
            self.do("hold" if "state=true" in line else "resume")
        elif name == "Exit":
            self.exit()

    def exit(self):
        if not self.ending:
            self.ending = True
            if self.open:
                self.do("hangup")
                time.sleep(0.3)
            self.do("quit")
            signal.alarm(2)      # a baresip that waits for an answer to its un-REGISTER is not waited for longer

    def begin(self):
        if not self.open:
            self.open = True
            self.calls += 1

    def end(self, reason):
        if self.open:
            self.open = False
            self.record()
            tell("CDR", "1", "peer", "me", "peer", SERVER, "0", "0", "1", reason, "[x]")

    def said(self, line):
        if re.search(r"baresip is ready", line):
            tell("START", "api")
            tell("START", "sip")
        elif re.search(r"200 OK .*binding|registered successfully", line):
            tell("STATUS", "-1", "Registered.")
        elif re.search(r"reg: .* (401|403)|Register: .*(401|403)|Authentication failed", line):
            tell("STATUS", "-1", "Authentication failed")
        elif "SIP Progress: 18" in line:
            tell("STATUS", "1", "Ringing", "peer", "me", "1", "peer")
        elif "call: connecting to" in line:
            self.begin()
        elif "Incoming call from" in line or "auto" in KEYS.get("autoaccept", "") and "answering call" in line:
            self.begin()
            tell("STATUS", "1", "Ringing", "peer", "me", "2", "peer")
        elif "answering call" in line:
            self.begin()
        elif "Call established" in line:
            tell("STATUS", "1", "CallConnect", "peer", "me", "1", "peer")
        elif "session closed" in line:
            self.end(line.split("session closed:")[1].strip())
        elif re.search(r"terminated \(duration|call: terminate call|call: rejecting", line):
            self.end("BYE User Hung Up")

    def record(self):
        tracks = []
        time.sleep(0.1)
        for kind in ("dec", "enc"):
            files = sorted(glob.glob(f"{HOME}/dump-*-{kind}.wav"))
            data = b""
            if files:
                with open(files[-1], "rb") as f:
                    data = f.read()[44:]
                os.rename(files[-1], files[-1] + ".done")
            tracks.append(struct.unpack(f"<{len(data) // 2}h", data[:len(data) // 2 * 2]))
        length = max(len(t) for t in tracks)
        pairs = [v for i in range(length) for v in (t[i] if i < len(t) else 0 for t in tracks)]
        data = struct.pack(f"<{len(pairs)}h", *pairs)
        with open(KEYS["recordto"].replace("%c", str(self.calls)), "wb") as f:
            f.write(b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt ")
            f.write(struct.pack("<IHHIIHH", 16, 1, 2, 8000, 32000, 4, 16) + b"data" + struct.pack("<I", len(data)) + data)

    def run(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.exit())
        signal.signal(signal.SIGALRM, lambda *_: self.baresip.kill())
        ready = selectors.DefaultSelector()
        ready.register(self.baresip.stdout, selectors.EVENT_READ)
        ready.register(sys.stdin, selectors.EVENT_READ)
        log = open(f"{HOME}/log", "w")
        output, commands = b"", b""
        while True:
            for key, _ in ready.select():
                data = os.read(key.fd, 65536)
                if key.fileobj is sys.stdin:
                    *lines, commands = (commands + data).split(b"\n")
                    for line in lines:
                        self.command(line.decode())
                elif not data:
                    self.end("BYE User Hung Up")
                    tell("STOP", "api")
                    return self.baresip.wait() and 1
                else:
                    *lines, output = (output + data).split(b"\n")
                    for line in lines:
                        line = re.sub(rb"\x1b\[[0-9;]*m|\r", b"", line).decode("utf-8", "replace")
                        log.write(line + "\n")
                        log.flush()
                        self.said(line)


sys.exit(Standin().run())
