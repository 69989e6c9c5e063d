package webphone;

/** The functions of files and web requests. */
abstract class WebphoneFiles extends WebphoneContacts {
    WebphoneFiles(String[] parameters) {
        super(parameters);
    }

    /** Sends a GET; returns the answer, or a text that begins with ERROR. */
    public String API_HTTPGet(String url) {
        return text("API_HTTPGet", url);
    }

    /** Sends a POST. */
    public boolean API_HTTPPost(String url, String data) {
        return yes("API_HTTPPost", url, data);
    }

    /** Sends a GET, or with data a POST; returns the answer, or a text that begins with ERROR. */
    public String API_HTTPReq(String url, String data) {
        return text("API_HTTPReq", url, data);
    }

    /** The same without data. */
    public String API_HTTPReq(String url) {
        return text("API_HTTPReq", url);
    }

    /** Sends a GET or POST; ANSWER has the answer. */
    public boolean API_HTTPReqAsync(String url, String data) {
        return yes("API_HTTPReqAsync", url, data);
    }

    /** The same without data. */
    public boolean API_HTTPReqAsync(String url) {
        return yes("API_HTTPReqAsync", url);
    }

    /** Writes a file in the data folder, encrypted. */
    public boolean API_SaveFile(String filename, String content) {
        return yes("API_SaveFile", filename, content);
    }

    /** Writes a file in the data folder. */
    public boolean API_SaveFileRaw(String filename, String content) {
        return yes("API_SaveFileRaw", filename, content);
    }

    /** Returns a file of the data folder, or a text that begins with ERROR. */
    public String API_LoadFile(String filename) {
        return text("API_LoadFile", filename);
    }

    /** Writes a file on the server of ftp_addr or http_addr. */
    public boolean API_SaveFileRemote(String filename, String content) {
        return yes("API_SaveFileRemote", filename, content);
    }

    /** Fetches a file from the server; API_LoadFile has it some time later. */
    public boolean API_LoadFileRemote(String filename) {
        return yes("API_LoadFileRemote", filename);
    }

    /** Fetches a file from the server and returns it, or a text that begins with ERROR. */
    public String API_LoadFileRemoteSync(String filename) {
        return text("API_LoadFileRemoteSync", filename);
    }
}
