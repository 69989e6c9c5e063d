package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import webphone.webphone;

/** Another webphone, "bob", without a server. */
final class ClassicPair implements AutoCloseable {
    final webphone phone = new webphone(new String[] {"username=bob", "register=0", "localip=127.0.0.1", "waitforunregister=250"});
    private String told = "";

    ClassicPair() {
        assertTrue(phone.API_Start());
    }

    String address() {
        return phone.API_GetAddress();
    }

    /** Waits until a notification contains this. */
    void await(String text) {
        while (!told.contains(text)) {
            told += phone.API_GetNotificationsSync() + "\n";
        }
    }

    @Override
    public void close() {
        phone.phone().close();
    }
}
