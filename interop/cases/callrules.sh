# Rules and headers of calls: forwarding, refusals, automatic answers, reasons, data of applications, raw requests.

# with Kamailio: RFC 5806, 7044
case_callrules_forward_always() { # Kamailio takes the caller where our 302 says
  kamailio_start WITH_REDIRECT
  baresip_start 1002 answermode=auto
  as_1001 register=1 callforwardalways=1002
  ua_registered ua
  sipp_start calls-basic sipp -s 1001 -d 800 "$SERVER"
  baresip_talking
  sipp_end sipp
  ua_ended ua
  grep -aq '^Diversion: <sip:1001@[^>]*>;reason=unconditional' "$KAMAILIO_LOG" || fail "Kamailio saw no Diversion"
  grep -aq '^History-Info: .*index=1.1' "$KAMAILIO_LOG" || fail "Kamailio saw no History-Info"
  note "302 with Diversion and History-Info, taken to baresip by Kamailio"
}

case_callrules_do_not_disturb() {
  alone autoignore=2
  called calls-refused-with -v STATUS=486
  sipp_end sipp
  note "486 without ringing"
}

# with SIPp: RFC 5373
case_callrules_auto_answer() { # one call for each header that asks for it
  local header
  alone
  for header in 'P-Auto-Answer: normal' 'Call-Info: <sip:x>;answer-after=0' 'Alert-Info: <http://x/>;info=alert-autoanswer' \
    'Answer-Mode: Auto'; do
    called calls-answered-when-asked -v "HEADER=$header"
    sipp_end sipp
  done
  note "answered by P-Auto-Answer, Call-Info, Alert-Info, Answer-Mode"
}

# with SIPp: RFC 3326, 7433
case_callrules_headers() { # User-to-User in the INVITE, Reason in the BYE, custom headers in every message
  alone 'customsipheader=X-Account: 7'
  sipp_start answers-basic sipp
  ua_cmd ua '?function=API_SetSIPHeader&line=-2&hdr=User-to-User:%2048656C6C6F;encoding=hex'
  ua_call ua "sip:sipp@127.0.0.1:$((PORT + 30))"
  ua_speaking ua
  ua_cmd ua '?function=API_Hangup&line=-1&reason=lunch'
  sipp_end sipp
  sipp_log sipp count '(?m)^User-to-User: 48656C6C6F;encoding=hex'
  [ "$REPLY" -ge 1 ] || fail "no User-to-User"
  sipp_log sipp count '(?m)^X-Account: 7'
  [ "$REPLY" -ge 1 ] || fail "no header of the account"
  sipp_log sipp count '(?m)^Reason: SIP;text="lunch"'
  [ "$REPLY" -ge 1 ] || fail "no Reason in the BYE"
  note "User-to-User, X-Account, Reason seen by SIPp"
}

case_callrules_raw_request() {
  alone
  sipp_start answers-request sipp -v METHOD=OPTIONS
  ua_cmd ua "?function=API_SendSIP&msg=OPTIONS%20sip:sipp@127.0.0.1:$((PORT + 30))%20SIP/2.0%0AX-Raw:%201"
  ua_wait ua 'OPTIONS answered: SIP/2.0 200' 10 || fail "no answer was told"
  sipp_end sipp
  sipp_log sipp count '(?m)^X-Raw: 1'
  [ "$REPLY" -ge 1 ] || fail "the header was not sent"
  note "OPTIONS with a header of ours, 200 told"
}

case_callrules_one_call_only() {
  alone rejectonbusy=true autoaccept=true
  called calls-basic -d 3000
  ua_speaking ua
  at_ua
  sipp_start calls-refused-with sipp2 -v STATUS=486 -s 1001 "$REPLY"
  sipp_end sipp2
  sipp_end sipp
  note "486 to the second call, the first goes on"
}

case_callrules_redial() { # a 503 is tried once more, in the same call
  sipp_start answers-refuses sipp -m 2 -v "STATUS=503 Service Unavailable" -v "HEADER=X-Interop: yes"
  alone
  ua_call ua 1002
  ua_wait ua 'The call is tried again' 10 || fail "the call was not tried again"
  ua_ended ua
  sipp_end sipp
  sipp_log sipp count '^INVITE '
  [ "$REPLY" = 2 ] || fail "$REPLY INVITEs, wanted two"
  note "two INVITEs, then the end"
}
