package io.earshot.transport.tunnel.core;

/**
 * What a {@link ClientCore} has to know.
 *
 * @param user known to the gateway
 * @param secret that user's key
 * @param sealed whether to encrypt, since the carrier does not
 * @param mostAge how long audio may wait before it is dropped, in ns
 * @param patience how long the gateway may take to let us in, in ns
 */
public record ClientSettings(String user, byte[] secret, boolean sealed, long mostAge, long patience) {
    /** Prints no secret. */
    @Override
    public String toString() {
        return "ClientSettings[" + user + "]";
    }
}
