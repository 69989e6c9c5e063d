package io.earshot.benchmarks.load;

import io.earshot.api.AccountConfig;
import io.earshot.api.CallOptions;
import io.earshot.api.Phone;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Everything a user of the SDK gets: sockets for media, negotiation, events and call records for each call. */
final class FacadeCallee implements Callee {
    private final Phone phone = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open();
    private int last;

    FacadeCallee() {
        phone.addAccount(AccountConfig.of("sip:callee@127.0.0.1")).onCall(call -> call.answerAsync(CallOptions.DEFAULT));
    }

    @Override
    public int port() {
        String first = phone.listeningOn().get(0);
        return Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
    }

    @Override
    public void register(int accounts, int registrarPort) {
        for (int i = 0; i < accounts; i++) {
            phone.register(AccountConfig.of("sip:user" + ++last + "@127.0.0.1:" + registrarPort).withExpires(Duration.ofHours(1)));
        }
    }

    @Override
    public int calls() {
        return phone.calls().size();
    }

    @Override
    public void close() {
        phone.close();
    }
}
