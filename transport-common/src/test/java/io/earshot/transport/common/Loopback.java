package io.earshot.transport.common;

import java.net.InetAddress;
import java.net.UnknownHostException;

final class Loopback {
    static final InetAddress IPV4 = literal("127.0.0.1");
    static final InetAddress IPV6 = literal("::1");

    private Loopback() {
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
