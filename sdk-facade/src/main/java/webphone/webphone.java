package webphone;

/**
 * A phone with the classic functions: make one, set parameters, start it, call, and fetch notifications with
 * {@link #API_GetNotifications()} or {@link #API_GetNotificationsSync()}. Instances are independent of each other. Safe for use by any
 * thread. No function throws: one that fails returns {@code false}, -1 or an empty text, and an ERROR notification says why. Functions
 * return at once but those whose names or descriptions say that they wait. Environment variables {@code wp_NAME} set parameters too.
 *
 * <pre>{@code
 * webphone phone = new webphone();
 * phone.API_SetParameter("serveraddress", "sip.example.com");
 * phone.API_SetParameter("username", "alice");
 * phone.API_SetParameter("password", "secret");
 * phone.API_Start();
 * phone.API_Call(-1, "bob");
 * }</pre>
 */
public class webphone extends WebphoneFiles {
    /** Makes a phone that is not started. */
    public webphone() {
        this(new String[0]);
    }

    /**
     * Makes a phone that is not started.
     *
     * @param parameters {@code name=value} each
     */
    public webphone(String[] parameters) {
        super(parameters);
    }
}
