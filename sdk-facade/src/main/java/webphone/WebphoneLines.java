package webphone;

/** The functions of lines, states and SIP messages. */
abstract class WebphoneLines extends WebphoneCalls {
    WebphoneLines(String[] parameters) {
        super(parameters);
    }

    /** Selects the line that -1 means from now on. */
    public boolean API_SetLine(int line) {
        return yes("API_SetLine", line);
    }

    /** Returns the current line. */
    public int API_GetLine() {
        return number("API_GetLine");
    }

    /** Returns the state of a line as a number, see docs/functions.md. */
    public int API_GetLineStatus(int line) {
        return number("API_GetLineStatus", line);
    }

    /** Returns the state of a line. */
    public String API_GetLineStatusText(int line) {
        return text("API_GetLineStatusText", line);
    }

    /** Returns LINEDETAILS,line,state,callid,remoteusername,localusername,type,localaddress,serveraddress,mute,hold,remotefullname. */
    public String API_GetLineDetails(int line) {
        return text("API_GetLineDetails", line);
    }

    /** The same without line. */
    public String API_GetLineDetails() {
        return text("API_GetLineDetails");
    }

    /** Returns the state of a line, with -2 of the phone; strict 1 tells unused lines as Unknown. */
    public String API_GetStatus(int line, int strict) {
        return text("API_GetStatus", line, strict);
    }

    /** The same without strict. */
    public String API_GetStatus(int line) {
        return text("API_GetStatus", line);
    }

    /** The same without line, strict. */
    public String API_GetStatus() {
        return text("API_GetStatus");
    }

    /** Returns the state of the phone. */
    public String API_GetGlobalStatus() {
        return text("API_GetGlobalStatus");
    }

    /** Returns 0 no call, 1 one rings, 2 one is connected. */
    public int API_IsInCall() {
        return number("API_IsInCall");
    }

    /** Returns how many calls are connected. */
    public int API_GetCurrentConnectedCallCount() {
        return number("API_GetCurrentConnectedCallCount");
    }

    /** Returns the Call-ID of a line. */
    public String API_LineToCallID(int line) {
        return text("API_LineToCallID", line);
    }

    /** Returns the line of a Call-ID. */
    public int API_CallIDToLine(String callid) {
        return number("API_CallIDToLine", callid);
    }

    /** Returns the peer's name. */
    public String API_GetCallerID(int line) {
        return text("API_GetCallerID", line);
    }

    /** Returns the peer's number, and on a second line its name. */
    public String API_GetIncomingDisplay(int line) {
        return text("API_GetIncomingDisplay", line);
    }

    /** Returns how the last call ended. */
    public String API_GetDiscReasonText() {
        return text("API_GetDiscReasonText");
    }

    /** Returns the last call as its CDR line. */
    public String API_GetLastCallDetails() {
        return text("API_GetLastCallDetails");
    }

    /** Returns a header that the peer sent, or a text that begins with ERROR:. */
    public String API_GetSIPHeader(int line, String hdr) {
        return text("API_GetSIPHeader", line, hdr);
    }

    /** Sends a SIP request of one's own. */
    public boolean API_SendSIP(String msg) {
        return yes("API_SendSIP", msg);
    }

    /** Returns the last message: 0 received, 1 sent; 0 any, 1 request, 2 answer, 3 INVITE, 4 a 200. */
    public String API_GetSIPMessage(int line, int dir, int type) {
        return text("API_GetSIPMessage", line, dir, type);
    }

    /** Returns the last INVITE received. */
    public String API_GetLastRecInvite() {
        return text("API_GetLastRecInvite");
    }

    /** Returns the last INVITE sent. */
    public String API_GetLastSentInvite() {
        return text("API_GetLastSentInvite");
    }

    /** Returns the last message received in a call, by line or Call-ID. */
    public String API_GetLastRecSIPMessage(String line) {
        return text("API_GetLastRecSIPMessage", line);
    }

    /** The same without line. */
    public String API_GetLastRecSIPMessage() {
        return text("API_GetLastRecSIPMessage");
    }

    /** Returns RTPSTAT,quality,sent,rec,issues,loss; it is not told by itself from then on. */
    public String API_RTPStat() {
        return text("API_RTPStat");
    }
}
