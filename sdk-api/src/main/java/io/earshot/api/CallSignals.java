package io.earshot.api;

import java.util.concurrent.CompletableFuture;

/** What goes to the peer of an established call beside the sound: keys, and messages from program to program (INFO, RFC 6086). */
public interface CallSignals {
    /**
     * Sends keys, one after another, after those that are still on their way.
     *
     * @param digits of {@code 0-9 * # A-D}; a space or comma is a pause of one second, {@code !} a hook flash
     * @return completes when the last has been accepted; fails with {@link VoipException} at the first that was not, and those after it
     *     are not sent
     * @throws VoipException when there is a character that is no key
     */
    CompletableFuture<Void> sendDtmf(String digits, DtmfOptions options);

    /** Sends keys in the best way, otherwise as {@link #sendDtmf(String, DtmfOptions)}. */
    default CompletableFuture<Void> sendDtmf(String digits) {
        return sendDtmf(digits, DtmfOptions.DEFAULT);
    }

    /**
     * Sends an INFO of the old kind, without an Info Package.
     *
     * @param contentType as {@code application/json}
     * @return completes when the peer accepts it; fails with {@link VoipException} otherwise
     * @throws VoipException when the type is none
     */
    CompletableFuture<Void> sendInfo(String contentType, String body);
}
