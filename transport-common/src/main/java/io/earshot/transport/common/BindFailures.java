package io.earshot.transport.common;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Why a port cannot be had, in sentences for the person who configured it. */
public final class BindFailures {
    private BindFailures() {
    }

    /**
     * Makes sure that an address is one.
     *
     * @throws IOException if its host name could not be resolved
     */
    public static void requireResolved(String protocol, InetSocketAddress bind) throws IOException {
        if (bind.isUnresolved()) {
            throw new IOException(protocol + " cannot be bound to " + bind.getHostString() + ": no such host name or address");
        }
    }

    /** Returns what the system said, said so that one knows what to do about it. */
    public static IOException explained(String protocol, InetSocketAddress bind, SocketException cause) {
        String ip = bind.getAddress().getHostAddress();
        String port = Integer.toString(bind.getPort());
        boolean denied = String.valueOf(cause.getMessage()).contains("ermission denied");
        if (!(cause instanceof BindException) || denied) {
            return new IOException(protocol + " port " + port + " on " + ip + " cannot be opened: " + cause.getMessage()
                + (denied ? "; choose a port above 1023" : ""), cause);
        }
        if (foreign(bind.getAddress())) {
            return new IOException(protocol + " cannot be bound to " + ip + ": this machine has no such address", cause);
        }
        return new IOException(protocol + " port " + port + " on " + ip
            + " is in use by another program; choose another port or 0 for a free one", cause);
    }

    private static boolean foreign(InetAddress address) {
        try {
            return !address.isAnyLocalAddress() && !address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null;
        } catch (SocketException e) {
            return false;
        }
    }
}
