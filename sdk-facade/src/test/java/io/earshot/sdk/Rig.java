package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.VoipException;
import io.earshot.testkit.server.TestSipServer;
import io.earshot.testkit.server.TestSipServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;

/** A server and phones on loopback for one test; closes them in reverse order. Waits are for events, never for time. */
final class Rig implements AutoCloseable {
    static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    final TestSipServer server;
    private final Deque<Runnable> opened = new ArrayDeque<>();

    private Rig(TestSipServer server) {
        this.server = server;
        opened.push(server::close);
    }

    /** Starts a server that knows alice, bob and carol, each with the password NAME-secret. */
    static Rig start() {
        return start(TestSipServer.builder());
    }

    static Rig start(TestSipServerBuilder builder) {
        for (String user : List.of("alice", "bob", "carol")) {
            builder.user(user, user + "-secret");
        }
        return new Rig(builder.start());
    }

    static PhoneBuilder builder() {
        return Phone.builder().listen(ANY_PORT);
    }

    Phone phone() {
        return keep(builder().open());
    }

    Phone keep(Phone phone) {
        opened.push(phone::close);
        return phone;
    }

    AccountConfig config(String user) {
        return AccountConfig.of(server.uri(user), user + "-secret");
    }

    /** Returns a registered account on a phone of its own. */
    Account registered(String user) {
        return phone().register(config(user));
    }

    /** Hands incoming calls to the test. */
    static BlockingQueue<IncomingCall> ringing(Account account) {
        BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
        account.onCall(calls::add);
        return calls;
    }

    static IncomingCall next(BlockingQueue<IncomingCall> calls) throws InterruptedException {
        return take(calls);
    }

    static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T got = queue.poll(10, TimeUnit.SECONDS);
        assertTrue(got != null, "nothing came within 10 s");
        return got;
    }

    /** A call that is established, both ends of it. */
    record Talk(Call caller, Call callee) { }

    static Talk talk(Account from, Account to) throws InterruptedException {
        return talk(from, to, CallOptions.DEFAULT);
    }

    static Talk talk(Account from, Account to, CallOptions options) throws InterruptedException {
        BlockingQueue<IncomingCall> calls = ringing(to);
        Call caller = from.dial(to.address(), options);
        Call callee = next(calls).answer();
        return new Talk(caller.awaitAnswer(), callee);
    }

    /** Waits for a future; its failure is thrown as it is. */
    static <T> T await(java.util.concurrent.CompletableFuture<T> future) throws Throwable {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failed) {
            throw failed.getCause();
        }
    }

    /** Waits for the first event of a type, from the beginning of the call on. */
    static <E extends CallEvent> E await(Call call, Class<E> type) {
        for (CallEvent event : call.events()) {
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
        throw new AssertionError("the call ended without " + type.getSimpleName() + ": " + story(call));
    }

    /** Waits for the end, and returns the kinds of the events in order, but for the periodic ones. */
    static List<String> story(Call call) {
        List<String> story = new ArrayList<>();
        call.events().forEach(event -> {
            if (!(event instanceof CallEvent.Quality)) {
                story.add(event.getClass().getSimpleName());
            }
        });
        return story;
    }

    static Failure failure(Executable action) {
        return assertThrows(VoipException.class, action).failure();
    }

    static <F extends Failure> F failure(Class<F> type, Executable action) {
        Failure failure = failure(action);
        assertTrue(type.isInstance(failure), () -> "not a " + type.getSimpleName() + ": " + failure);
        return type.cast(failure);
    }

    /** Returns the names of the threads of the engine that live. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).map(Thread::getName)
                .filter(name -> name.startsWith("earshot-")).sorted().toList();
    }

    /** Waits until no thread of the engine lives but what lived before, of which those of other tests' phones may have ended. */
    static void assertNoMoreThreads(List<String> before) throws InterruptedException {
        List<String> more = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            more = new ArrayList<>(threads());
            before.forEach(more::remove);
            if (more.isEmpty()) {
                return;
            }
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(more + " beside " + before);
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
