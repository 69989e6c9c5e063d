/**
 * Verified callers: STIR/SHAKEN (RFC 8224, RFC 8225, RFC 8226, RFC 8588). Exports nothing: the SPI it provides is its whole contract.
 *
 * @provides io.earshot.api.identity.spi.CallerVerifierProvider {@code "stir"}
 */
module io.earshot.stir {
    requires com.grack.nanojson;
    requires io.earshot.api;
    requires java.net.http; // certificates are fetched over HTTPS
    requires org.slf4j;

    provides io.earshot.api.identity.spi.CallerVerifierProvider with io.earshot.stir.StirProvider;
}
