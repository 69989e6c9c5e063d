/**
 * The public types of Earshot and the service provider interfaces behind them; no implementation.
 *
 * @uses io.earshot.api.spi.PhoneProvider the engine behind {@link io.earshot.api.Phone#builder()}
 */
@SuppressWarnings("module") // the engine is not there yet when this module is compiled
module io.earshot.api {
    exports io.earshot.api;
    exports io.earshot.api.audio;
    exports io.earshot.api.audio.spi;
    exports io.earshot.api.check to io.earshot.sdk;
    exports io.earshot.api.chat;
    exports io.earshot.api.calls;
    exports io.earshot.api.codec;
    exports io.earshot.api.codec.spi;
    exports io.earshot.api.dns.spi;
    exports io.earshot.api.id;
    exports io.earshot.api.identity.spi;
    exports io.earshot.api.identity;
    exports io.earshot.api.presence;
    exports io.earshot.api.proxy;
    exports io.earshot.api.proxy.spi;
    exports io.earshot.api.raw;
    exports io.earshot.api.spi;
    exports io.earshot.api.time;
    exports io.earshot.api.transport.spi;
    exports io.earshot.api.tunnel;
    exports io.earshot.api.tunnel.spi;

    uses io.earshot.api.spi.PhoneProvider;
}
