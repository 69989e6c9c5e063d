package webphone;

/** The functions of calls. */
abstract class WebphoneCalls extends WebphoneAccounts {
    WebphoneCalls(String[] parameters) {
        super(parameters);
    }

    /** Calls somebody; with an empty peer whom we called last. 123,456 sends the keys 456 when answered. */
    public boolean API_Call(int line, String peer) {
        return yes("API_Call", line, peer);
    }

    /** Calls somebody: 0 voice; there is no video (1) and screen sharing (2) in this version. */
    public boolean API_CallEx(int line, String peer, int calltype) {
        return yes("API_CallEx", line, peer, calltype);
    }

    /** Ends a call, with -2 all. */
    public boolean API_Hangup(int line, String reasontext) {
        return yes("API_Hangup", line, reasontext);
    }

    /** The same without line, reasontext. */
    public boolean API_Hangup() {
        return yes("API_Hangup");
    }

    /** The same without reasontext. */
    public boolean API_Hangup(int line) {
        return yes("API_Hangup", line);
    }

    /** Ends a call; the second argument, which an example of the documentation has, means nothing. */
    public boolean API_Hangup(int line, boolean ignored) {
        return yes("API_Hangup", line);
    }

    /** Answers a call that rings here. */
    public boolean API_Accept(int line) {
        return yes("API_Accept", line);
    }

    /** The same without line. */
    public boolean API_Accept() {
        return yes("API_Accept");
    }

    /** Refuses a call that rings here. */
    public boolean API_Reject(int line) {
        return yes("API_Reject", line);
    }

    /** The same without line. */
    public boolean API_Reject() {
        return yes("API_Reject");
    }

    /** Sends a call that rings here elsewhere (302). */
    public boolean API_Forward(int line, String peer) {
        return yes("API_Forward", line, peer);
    }

    /** Transfers a connected call; an empty peer connects the peers of the two calls. */
    public boolean API_Transfer(int line, String peer) {
        return yes("API_Transfer", line, peer);
    }

    /** Asks the user whom to transfer to; needs a display and the module softphone. */
    public boolean API_TransferDialog() {
        return yes("API_TransferDialog");
    }

    /** Adds video to a call; there is none in this version. */
    public boolean API_AddVideo(int line, int calltype) {
        return yes("API_AddVideo", line, calltype);
    }

    /** Ends the video of a call; there is none in this version. */
    public boolean API_StopVideo(int line) {
        return yes("API_StopVideo", line);
    }

    /** Mutes a call or un-mutes it: 0 both ways, 1 speaker, 2 microphone, 4 as defmute says. */
    public boolean API_MuteEx(int line, boolean mute, int direction) {
        return yes("API_MuteEx", line, mute, direction);
    }

    /** The same without direction. */
    public boolean API_MuteEx(int line, boolean mute) {
        return yes("API_MuteEx", line, mute);
    }

    /** Mutes a call or un-mutes it, as defmute says. */
    public boolean API_Mute(int line, boolean mute) {
        return yes("API_Mute", line, mute);
    }

    /** Returns 0 no, 1 both, 2 speaker, 3 microphone, -1 not known. */
    public int API_IsMuted(int line) {
        return number("API_IsMuted", line);
    }

    /** Returns 0 no, 2 held by us, 3 by the peer, 4 by both, -1 not known; -2 asks for any call. */
    public int API_IsOnHold(int line) {
        return number("API_IsOnHold", line);
    }

    /** Puts a call on hold or takes it off. */
    public boolean API_Hold(int line, boolean hold) {
        return yes("API_Hold", line, hold);
    }

    /** Puts a call on hold, or takes it off when it is. */
    public boolean API_HoldChange(int line) {
        return yes("API_HoldChange", line);
    }

    /** The same without line. */
    public boolean API_HoldChange() {
        return yes("API_HoldChange");
    }

    /** Mixes the calls there are, or calls somebody and adds him. */
    public boolean API_Conf(String peer) {
        return yes("API_Conf", peer);
    }

    /** The same without peer. */
    public boolean API_Conf() {
        return yes("API_Conf");
    }

    /** Adds lines to the conference, or removes them; -2 all. */
    public boolean API_ConfEx(int line, String peer, boolean add) {
        return yes("API_ConfEx", line, peer, add);
    }

    /** Sets SIP headers, a line each, of everything that is sent. */
    public boolean API_SetSIPHeader(int line, String hdr) {
        return yes("API_SetSIPHeader", line, hdr);
    }
}
