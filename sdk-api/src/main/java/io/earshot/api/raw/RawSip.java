package io.earshot.api.raw;

import io.earshot.api.Account;
import io.earshot.api.Call;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** SIP requests past the meaning of calls and messages. Safe for use by any thread. */
public interface RawSip {
    /**
     * Sends a request outside calls; challenges are answered and dead servers passed over as for any other.
     *
     * @param target as for {@link Account#dial(String)}
     * @return the final response, whatever its status; fails with {@link io.earshot.api.VoipException} when none came
     * @throws io.earshot.api.VoipException when the method, a header or the target cannot be sent; the message names it and the defect
     */
    CompletableFuture<SipMessageView> send(Account from, String target, SipRequest request);

    /** Sends a request within an established call, otherwise as {@link #send(Account, String, SipRequest)}. */
    CompletableFuture<SipMessageView> send(Call in, SipRequest request);

    /**
     * Takes requests of a method that would get 405 or 501, within calls and outside.
     *
     * @param handler called on the application's executor; its answer goes back, 500 when it takes longer than 20 s or fails
     * @throws io.earshot.api.VoipException when Earshot takes this method itself
     */
    void accept(String method, Function<? super SipMessageView, SipReply> handler);

    /** Takes requests of a method no longer. */
    void ignore(String method);

    /**
     * Adds a listener of every SIP message that is sent or comes in, in order, on the application's executor; for traces and for finding
     * faults. It costs something per message from then on.
     */
    void watch(Consumer<? super SipTraffic> listener);
}
