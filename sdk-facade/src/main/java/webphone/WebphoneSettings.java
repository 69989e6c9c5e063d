package webphone;

/** The functions of parameters, start and stop, notifications and the program itself. */
abstract class WebphoneSettings extends WebphoneCore {
    WebphoneSettings(String[] parameters) {
        super(parameters);
    }

    /** Sets a parameter; DEF or NULL takes it back to its default. */
    public boolean API_SetParameter(String param, String value) {
        return yes("API_SetParameter", param, value);
    }

    /** Sets a parameter. */
    public boolean API_SetParameter(String param, int value) {
        return yes("API_SetParameter", param, Integer.toString(value));
    }

    /** Sets a parameter. */
    public boolean API_SetParameter(String param, boolean value) {
        return yes("API_SetParameter", param, Boolean.toString(value));
    }

    /** Sets parameters, a line name=value each. */
    public boolean API_SetParameters(String parameters) {
        return yes("API_SetParameters", parameters);
    }

    /** Sets server, user and password; what is empty stays as it is. */
    public boolean API_SetCredentials(String server, String username, String password, String authname, String displayname) {
        return yes("API_SetCredentials", server, username, password, authname, displayname);
    }

    /** The same without authname, displayname. */
    public boolean API_SetCredentials(String server, String username, String password) {
        return yes("API_SetCredentials", server, username, password);
    }

    /** The same without displayname. */
    public boolean API_SetCredentials(String server, String username, String password, String authname) {
        return yes("API_SetCredentials", server, username, password, authname);
    }

    /** Sets server and user, and MD5(user:realm:password) instead of the password. */
    public boolean API_SetCredentialsMD5(String server, String username, String md5, String realm) {
        return yes("API_SetCredentialsMD5", server, username, md5, realm);
    }

    /** The same without realm. */
    public boolean API_SetCredentialsMD5(String server, String username, String md5) {
        return yes("API_SetCredentialsMD5", server, username, md5);
    }

    /** Forgets server, user name and password. */
    public boolean API_ClearCredentials() {
        return yes("API_ClearCredentials");
    }

    /** Deletes what was saved: 0 nothing, 1 settings, 2 also recordings. */
    public boolean API_DelSettings(int level) {
        return yes("API_DelSettings", level);
    }

    /** Starts the phone; START,api tells when it can be used. */
    public boolean API_Start() {
        return yes("API_Start");
    }

    /** Starts the phone. */
    public boolean API_StartStack() {
        return yes("API_StartStack");
    }

    /** Ends calls and registrations and stops. */
    public boolean API_Stop() {
        return yes("API_Stop");
    }

    /** Ends calls and registrations and stops for good. */
    public boolean API_Exit() {
        return yes("API_Exit");
    }

    /** Stops and starts the phone. */
    public boolean API_ReStart() {
        return yes("API_ReStart");
    }

    /** Deprecated; does what API_StartStack does, so that the network is ready. */
    public boolean API_ServerInit(String address) {
        return yes("API_ServerInit", address);
    }

    /** The same without address. */
    public boolean API_ServerInit() {
        return yes("API_ServerInit");
    }

    /** Opens the window of the phone; needs a display and the module softphone. */
    public boolean API_StartGUI() {
        return yes("API_StartGUI");
    }

    /** Opens a window with the log; needs a display and the module softphone. */
    public boolean API_ShowLog() {
        return yes("API_ShowLog");
    }

    /** Adds a line to the log. */
    public void API_AddLog(String msg) {
        run("API_AddLog", msg);
    }

    /** Returns the notifications since the last time, with CRLF between them. */
    public String API_GetNotifications() {
        return text("API_GetNotifications");
    }

    /** Another name of API_GetNotifications. */
    public String GetNotifications() {
        return text("API_GetNotifications");
    }

    /** Another name of API_GetNotifications. */
    public String API_Poll() {
        return text("API_GetNotifications");
    }

    /** Waits for notifications and returns them. */
    public String API_GetNotificationsSync() {
        return text("API_GetNotificationsSync");
    }

    /** Another name of API_GetNotificationsSync. */
    public String GetNotificationsSync() {
        return text("API_GetNotificationsSync");
    }

    /** Returns true. */
    public boolean API_Test() {
        return yes("API_Test");
    }

    /** Returns 42. */
    public int API_TestEx() {
        return number("API_TestEx");
    }

    /** Returns its argument. */
    public String API_TestEcho(String echo) {
        return text("API_TestEcho", echo);
    }

    /** Keeps the session of a web client alive. */
    public boolean API_HTTPKeepAlive() {
        return yes("API_HTTPKeepAlive");
    }

    /** Returns the version. */
    public String API_GetVersion() {
        return text("API_GetVersion");
    }

    /** Returns the folder of the program. */
    public String API_GetBindir() {
        return text("API_GetBindir");
    }

    /** Returns the data folder. */
    public String API_GetWorkdir() {
        return text("API_GetWorkdir");
    }

    /** Returns the data folder that is used when the first cannot be. */
    public String API_GetAltWorkdir() {
        return text("API_GetAltWorkdir");
    }

    /** Returns an id of this machine and user. */
    public String API_GetDeviceID() {
        return text("API_GetDeviceID");
    }
}
