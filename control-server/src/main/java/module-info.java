/**
 * The control server: programs in any language drive a phone over UDP, TCP, HTTP, WebSocket and server-sent events. It knows no phone:
 * what runs the functions is a {@link io.earshot.control.CommandTarget}.
 */
module io.earshot.control {
    requires com.grack.nanojson;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires java.xml;

    exports io.earshot.control;
}
