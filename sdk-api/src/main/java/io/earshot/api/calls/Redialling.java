package io.earshot.api.calls;

/**
 * Which calls of ours that fail before they ring are tried once more, as the same {@link io.earshot.api.Call}.
 *
 * @param onNoResponse when there was no response, or the server failed: 408, 500, 502, 503, 504
 * @param onReject when it was refused for a reason that may pass: 400, 406, 420, 481, 491, 513
 * @param otherCodecs when there was no codec in common: 415, 488, 606; then with G.711 alone, as far as the preferences allow it,
 *     unless that is what was refused
 */
public record Redialling(boolean onNoResponse, boolean onReject, boolean otherCodecs) {
    /** None. */
    public static final Redialling NEVER = new Redialling(false, false, false);

    /** All of them. */
    public static final Redialling ALWAYS = new Redialling(true, true, true);
}
