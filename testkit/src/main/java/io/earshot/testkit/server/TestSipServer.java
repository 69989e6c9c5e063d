package io.earshot.testkit.server;

import io.earshot.testkit.node.Node;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * A running registrar and stateful forking proxy. Registers with digest authentication, challenges calls, forks to every contact of a
 * user, stays on the path of dialogs, passes CANCEL on, and gives up on calls that ring for too long. It knows the users it was built
 * with; whom it does not know is answered 404, who is not registered 480. Requests for other hosts are forwarded to them if they are IP
 * addresses: it resolves no names.
 *
 * <p>Over real sockets, methods may be called from any thread; on a virtual network, from the test's.
 */
public final class TestSipServer implements AutoCloseable {
    private final Node node;
    private final ServerCore core;
    private final Map<String, InetSocketAddress> addresses;

    TestSipServer(Node node, ServerCore core, Map<String, InetSocketAddress> addresses) {
        this.node = node;
        this.core = core;
        this.addresses = Map.copyOf(addresses);
    }

    /** Returns a builder with the defaults that it documents. */
    public static TestSipServerBuilder builder() {
        return new TestSipServerBuilder();
    }

    /** Returns its UDP address. */
    public InetSocketAddress address() {
        return address("UDP");
    }

    /**
     * Returns its address for a transport.
     *
     * @param protocol {@code UDP} or {@code TCP}
     */
    public InetSocketAddress address(String protocol) {
        InetSocketAddress address = addresses.get(protocol);
        if (address == null) {
            throw new IllegalArgumentException("the server has no transport for " + protocol + "; it has " + addresses.keySet());
        }
        return address;
    }

    /** Returns {@code sip:user@address:port}, the address of record of a user by the server's UDP address. */
    public String uri(String user) {
        String host = address().getAddress().getHostAddress();
        return "sip:" + user + '@' + (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + address().getPort();
    }

    /** Returns where a user is registered now. */
    public List<Binding> bindings(String user) {
        return node.call(now -> core.bindings(user, now));
    }

    /** Forgets every registration, as a restart would. */
    public void forgetBindings() {
        run(core::forgetBindings);
    }

    /** Calls the next so many correct credentials stale, so that clients have to answer a new nonce (RFC 7616 §3.3). */
    public void forceStaleNonces(int answers) {
        run(() -> core.forceStale(answers));
    }

    /**
     * Answers every new request like this, until {@link #recover()}.
     *
     * @param status 400 to 699
     * @param retryAfterSeconds the value of Retry-After; 0 leaves it out
     */
    public void refuseEverything(int status, int retryAfterSeconds) {
        if (status < 400 || status > 699) {
            throw new IllegalArgumentException("a refusal has a status of 400 to 699, not " + status);
        }
        run(() -> core.refuse(status, retryAfterSeconds));
    }

    /** Ends {@link #refuseEverything}. */
    public void recover() {
        run(() -> core.refuse(0, 0));
    }

    /** Counts the transactions that it holds; 0 after a while without traffic. */
    public int transactions() {
        return node.call(now -> core.transactions());
    }

    private void run(Runnable action) {
        node.call(now -> {
            action.run();
            return true;
        });
    }

    /** Closes its sockets and ends its thread. Doing so twice is harmless. */
    @Override
    public void close() {
        node.close();
    }
}
