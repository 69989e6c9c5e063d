"""A call by the text protocol of port 18620, with nothing but a socket: python3 control-client.py PORT SIPSERVER."""
import socket
import sys
import time

sock = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5)
lines, rest = [], b""


def told(*words, seconds=15):
    """Waits for a line that has all the words."""
    global rest
    end = time.monotonic() + seconds
    seen = 0
    while True:
        for line in lines[seen:]:
            if all(word in line for word in words):
                return line
        seen = len(lines)
        sock.settimeout(max(0.01, end - time.monotonic()))
        try:
            data = sock.recv(65536)
        except socket.timeout:
            sys.exit(f"not told {words}; last: {lines[-2:]}")
        if not data:
            sys.exit(f"the connection ended before {words}")
        *whole, rest = (rest + data).split(b"\r\n")
        lines.extend(line.decode() for line in whole)


def ask(text, answer):
    sock.sendall(text.encode())
    told(answer)


ask("API_Start", "OK: API_Start succeed")  # without a line break, as the printed examples do
ask(f"API_SetParameters,serveraddress={sys.argv[2]} CRLF username=1001 CRLF password=secret-1001 \r\n", "OK: API_SetParameters succeed")
ask("API_Register\r\n", "OK: API_Register succeed")
told("WPNOTIFICATION,STATUS,-1,Registered")
ask("API_Call,-1, 1002\r\n", "OK: API_Call succeed")
told("WPNOTIFICATION,STATUS,1,CallConnect,1002,1001,1,")
ask("BOFCOMMAND BOFLINE function=API_Dtmf EOFLINE BOFLINE line=-1 EOFLINE BOFLINE dtmf=159 EOFLINE EOFCOMMAND",
    "APIREQUEST: API_Dtmf RPARAM1:-1 RPARAM2:159 APIRESULT:true")
ask("API_VoiceRecord,1,1,script,-1\r\n", "OK: API_VoiceRecord succeed")
time.sleep(2)
ask("API_VoiceRecord,0,1,,-1\r\n", "OK: API_VoiceRecord succeed")
told("WPNOTIFICATION,VREC,1,")
ask("API_Hangup\r\n", "OK: API_Hangup succeed")
cdr = told("WPNOTIFICATION,CDR,1,1002,1001,1002,")
told("WPNOTIFICATION,STATUS,1,Finished,1002,")
assert cdr.endswith(",NEOL"), cdr
fields = cdr.split(",")
print(f"{sum('STATUS' in line for line in lines)} STATUS lines, CDR of {fields[8]} ms")
