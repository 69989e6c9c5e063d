package io.earshot.sdk.internal.call;

import io.earshot.api.NetworkConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a phone, checked.
 *
 * @param listen local SIP address; the wildcard and port 0 are allowed
 * @param firstRtpPort even
 * @param lastRtpPort above the first
 * @param userAgent for the User-Agent header
 * @param codecs names in order of preference; empty for all
 * @param closeTimeout how long closing waits for peers
 * @param followRedirects whether 3xx answers to our calls are followed
 * @param audio name of the sound system
 * @param network TLS, ports, types of service
 * @param webSocket where and how WebSocket clients are let in
 */
public record PhoneSettings(InetSocketAddress listen, int firstRtpPort, int lastRtpPort, String userAgent, List<String> codecs,
        Duration closeTimeout, boolean followRedirects, String audio, NetworkConfig network, WebSocketDoor webSocket) {
}
