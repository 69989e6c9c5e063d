package webphone;

/** The functions of accounts, the network and presence. */
abstract class WebphoneAccounts extends WebphoneSettings {
    WebphoneAccounts(String[] parameters) {
        super(parameters);
    }

    /** Registers at the server; what is empty stays as it is. */
    public boolean API_Register(String server, String username, String password, String authname, String displayname) {
        return yes("API_Register", server, username, password, authname, displayname);
    }

    /** The same without server, username, password, authname, displayname. */
    public boolean API_Register() {
        return yes("API_Register");
    }

    /** The same without authname, displayname. */
    public boolean API_Register(String server, String username, String password) {
        return yes("API_Register", server, username, password);
    }

    /** The same without displayname. */
    public boolean API_Register(String server, String username, String password, String authname) {
        return yes("API_Register", server, username, password, authname);
    }

    /** Registers secondary accounts: server,user,password,interval,proxy,realm,authuser;… */
    public boolean API_RegisterEx(String accounts) {
        return yes("API_RegisterEx", accounts);
    }

    /** Ends calls and registrations; 1 waits until the server knows. */
    public boolean API_Unregister(int waitfor) {
        return yes("API_Unregister", waitfor);
    }

    /** The same without waitfor. */
    public boolean API_Unregister() {
        return yes("API_Unregister");
    }

    /** Asks a server or user what it can do (OPTIONS). */
    public boolean API_CapabilityRequest(String server, String username) {
        return yes("API_CapabilityRequest", server, username);
    }

    /** The same without server, username. */
    public boolean API_CapabilityRequest() {
        return yes("API_CapabilityRequest");
    }

    /** Tells whether we are registered. */
    public boolean API_IsRegistered() {
        return yes("API_IsRegistered");
    }

    /** Returns 0 not known, 1 not needed, 2 yes, 3 to 5 working, 6 un-registered, 7 failed. */
    public int API_IsRegisteredEx() {
        return number("API_IsRegisteredEx");
    }

    /** Returns why the last registration failed. */
    public String API_GetRegFailReason(boolean extended) {
        return text("API_GetRegFailReason", extended);
    }

    /** The same without extended. */
    public String API_GetRegFailReason() {
        return text("API_GetRegFailReason");
    }

    /** Returns the state of an account: -1 no such, 0 working, 1 registered, 2 failed, 3 not. */
    public int API_GetAccountRegState(String domain, String proxy, String username, String sipusername,
            boolean pushnotify, boolean strict) {
        return number("API_GetAccountRegState", domain, proxy, username, sipusername, pushnotify, strict);
    }

    /** Returns the state of an account in words. */
    public String API_GetAccountRegStateString(String domain, String proxy, String username, String sipusername,
            boolean pushnotify, boolean strict) {
        return text("API_GetAccountRegStateString", domain, proxy, username, sipusername, pushnotify, strict);
    }

    /** Tells whether there is a network. */
    public boolean API_IsOnline() {
        return yes("API_IsOnline");
    }

    /** Looks at the network at once and registers anew. */
    public void API_CheckConnection() {
        run("API_CheckConnection");
    }

    /** Returns 0 all is well, 1 not registered for a while, 2 the network changed. */
    public int API_ShouldReset() {
        return number("API_ShouldReset");
    }

    /** Tells whether to restart before a call. */
    public boolean API_ShouldResetBeforeCall() {
        return yes("API_ShouldResetBeforeCall");
    }

    /** Returns the local SIP address and port. */
    public String API_GetAddress() {
        return text("API_GetAddress");
    }

    /** Returns our address, or all of them with commas between. */
    public String API_GetMySIPURI(boolean all) {
        return text("API_GetMySIPURI", all);
    }

    /** The same without all. */
    public String API_GetMySIPURI() {
        return text("API_GetMySIPURI");
    }

    /** Returns -1 not known, 0 no, 1 partially, 2 yes, 3 always. */
    public int API_IsEncrypted() {
        return number("API_IsEncrypted");
    }

    /** Asks for new voice mail. */
    public boolean API_CheckVoicemail(int line) {
        return yes("API_CheckVoicemail", line);
    }

    /** The same without line. */
    public boolean API_CheckVoicemail() {
        return yes("API_CheckVoicemail");
    }

    /** Watches the presence of users, with commas between. */
    public boolean API_CheckPresence(String userlist) {
        return yes("API_CheckPresence", userlist);
    }

    /** Shows our presence: Online, Away, DND, Invisible, Offline. */
    public boolean API_SetPresenceStatus(String statustring) {
        return yes("API_SetPresenceStatus", statustring);
    }

    /** Lets a user watch us and watches it. */
    public boolean API_NewUser(String username) {
        return yes("API_NewUser", username);
    }

    /** Names the users who may watch us. */
    public boolean API_PushContactlist(String contacts) {
        return yes("API_PushContactlist", contacts);
    }

    /** Asks the server which of these users there are; SERVERCONTACTS tells. */
    public boolean API_NumExists(String userlist) {
        return yes("API_NumExists", userlist);
    }

    /** Ends every watching. */
    public boolean API_UnSubscribe() {
        return yes("API_UnSubscribe");
    }

    /** Watches the calls of users. */
    public boolean API_CheckBLF(String userlist) {
        return yes("API_CheckBLF", userlist);
    }

    /** Watches the calls of users no longer. */
    public boolean API_DisableBLF(String userlist) {
        return yes("API_DisableBLF", userlist);
    }

    /** Returns what a user says of itself; our own with an empty name. */
    public String API_GetProfileStatusText(String username) {
        return text("API_GetProfileStatusText", username);
    }
}
