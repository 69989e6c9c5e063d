package webphone;

/** The functions of contacts and the black list. */
abstract class WebphoneContacts extends WebphoneMedia {
    WebphoneContacts(String[] parameters) {
        super(parameters);
    }

    /** Replaces all contacts, a line each. */
    public boolean API_SetContacts(String contacts) {
        return yes("API_SetContacts", contacts);
    }

    /** Returns all contacts, a line each. */
    public String API_GetContacts() {
        return text("API_GetContacts");
    }

    /** Deletes a contact. */
    public boolean API_DelContact(String name) {
        return yes("API_DelContact", name);
    }

    /** Adds a contact: imstatus,name,sip,phone,… or name,sip,phone,…. */
    public boolean API_AddContact(String params) {
        return yes("API_AddContact", params);
    }

    /** Another name of API_AddContact. */
    public boolean Add_Contact(String params) {
        return yes("API_AddContact", params);
    }

    /** Changes a contact. */
    public boolean API_SetContact(String name, String params) {
        return yes("API_SetContact", name, params);
    }

    /** Returns a contact. */
    public String API_GetContact(String name) {
        return text("API_GetContact", name);
    }

    /** Sets the name of a contact. */
    public boolean API_SetContactName(String name, String param) {
        return yes("API_SetContactName", name, param);
    }

    /** Sets the SIP address of a contact. */
    public boolean API_SetContactSIP(String name, String param) {
        return yes("API_SetContactSIP", name, param);
    }

    /** Sets the phone number of a contact. */
    public boolean API_SetContactPhone(String name, String param) {
        return yes("API_SetContactPhone", name, param);
    }

    /** Sets the speed dial of a contact. */
    public boolean API_SetContactSpeedDial(String name, String param) {
        return yes("API_SetContactSpeedDial", name, param);
    }

    /** Returns the name of a contact. */
    public String API_GetContactName(String name) {
        return text("API_GetContactName", name);
    }

    /** Returns the SIP address of a contact. */
    public String API_GetContactSIP(String name) {
        return text("API_GetContactSIP", name);
    }

    /** Returns the phone number of a contact. */
    public String API_GetContactPhone(String name) {
        return text("API_GetContactPhone", name);
    }

    /** Returns the speed dial of a contact. */
    public String API_GetContactSpeedDial(String name) {
        return text("API_GetContactSpeedDial", name);
    }

    /** Returns the users whose calls are refused, with commas between. */
    public String API_GetBlacklist() {
        return text("API_GetBlacklist");
    }

    /** Refuses the calls of these users and no others. */
    public boolean API_SetBlacklist(String str) {
        return yes("API_SetBlacklist", str);
    }

    /** Refuses the calls of these users too. */
    public boolean API_AddToBlacklist(String str) {
        return yes("API_AddToBlacklist", str);
    }
}
