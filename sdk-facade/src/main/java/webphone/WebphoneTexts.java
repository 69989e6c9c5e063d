package webphone;

/** The functions of chat and keys. */
abstract class WebphoneTexts extends WebphoneLines {
    WebphoneTexts(String[] parameters) {
        super(parameters);
    }

    /** Sends keys: 0-9 * # A-D, a space is a pause. */
    public boolean API_Dtmf(int line, String dtmf) {
        return yes("API_Dtmf", line, dtmf);
    }

    /** Sends an INFO with this text. */
    public boolean API_Info(int line, String msg) {
        return yes("API_Info", line, msg);
    }

    /** Sends a chat message; CHATREPORT tells what becomes of it. */
    public boolean API_SendChat(int line, String peer, String group, String message) {
        return yes("API_SendChat", line, peer, group, message);
    }

    /** Sends a chat message to one user. */
    public boolean API_SendChat(int line, String peer, String message) {
        return yes("API_SendChat", line, peer, "", message);
    }

    /** Sends a text that the server makes a short message of. */
    public boolean API_SendSMS(int line, String peer, String message) {
        return yes("API_SendSMS", line, peer, message);
    }

    /** Opens a window for chat; needs a display and the module softphone. */
    public boolean API_Chat(String peer) {
        return yes("API_Chat", peer);
    }

    /** The same without peer. */
    public boolean API_Chat() {
        return yes("API_Chat");
    }

    /** Tells a peer that our user writes. */
    public String API_SendChatIsComposing(String line, String number) {
        return text("API_SendChatIsComposing", line, number);
    }

    /** Another name of API_SendChatIsComposing. */
    public String SendChatIsComposing(String line, String number) {
        return text("API_SendChatIsComposing", line, number);
    }
}
