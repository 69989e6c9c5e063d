package io.earshot.api;

import java.util.concurrent.CompletableFuture;

/**
 * What goes to and comes from the peer of a call beside the conversation: keys, messages from program to program (INFO, RFC 6086), tones.
 */
public interface CallSignals {
    /**
     * Sends keys, one after another, after those that are still on their way.
     *
     * @param digits of {@code 0-9 * # A-D}, {@code !} for a hook flash; a space or comma is a pause of one second, {@code p} of two and
     *     {@code w} of four
     * @return completes when the last has been accepted, or sent where nobody accepts; fails with {@link VoipException} at the first that
     *     was not, and those after it are not sent
     * @throws VoipException when there is a character that is no key
     */
    CompletableFuture<Void> sendDtmf(String digits, DtmfOptions options);

    /** Sends keys as {@link PhoneBuilder#dtmf} says, otherwise as {@link #sendDtmf(String, DtmfOptions)}. */
    CompletableFuture<Void> sendDtmf(String digits);

    /**
     * Listens for call-progress tones in what the peer sends from now on, early media included; {@link CallEvent.ToneHeard} tells of them,
     * once a cadence has been heard all round. It takes some 1 % of a core for a call.
     *
     * @param country whose tones: two letters of ISO 3166, as {@code US}
     * @throws VoipException when there are no tones of the country
     */
    void listenForTones(String country);

    /**
     * Sends an INFO of the old kind, without an Info Package.
     *
     * @param contentType as {@code application/json}
     * @return completes when the peer accepts it; fails with {@link VoipException} otherwise
     * @throws VoipException when the type is none
     */
    CompletableFuture<Void> sendInfo(String contentType, String body);
}
