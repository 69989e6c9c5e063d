package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.OptionsQueries;
import io.earshot.api.PeerCapabilities;
import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationState;
import io.earshot.api.ServerPing;
import io.earshot.api.check.Check;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.QueryId;
import io.earshot.sip.ua.SipEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** OPTIONS of one account, and what is sent in their place: the handle that programs hold, and its state on the signalling loop. */
final class EngineOptions implements OptionsQueries {

    /** Who waits for an answer. */
    private interface Asker {
        void answered(Response response, Duration latency);

        void failed(io.earshot.sip.ua.Failure failure);
    }

    private record Asked(Uri target, Asker asker, long at) { }

    /** What is asked again and again. */
    private final class Watch {
        private final String name;
        private final Uri target;
        private final long interval;
        private IoLoop.Scheduled next;
        private Optional<Boolean> reachable = Optional.empty();
        private boolean stopped;

        Watch(String name, Uri target, long interval) {
            this.name = name;
            this.target = target;
            this.interval = interval;
        }

        void schedule() {
            next = context.loop().schedule(interval, this::turn);
        }

        void turn() {
            if (stopped || account.isClosed() || phone.isShut()) {
                return;
            }
            ask(target, ServerPing.Method.OPTIONS, new Asker() {
                @Override
                public void answered(Response response, Duration latency) {
                    outcome(true);
                }

                @Override
                public void failed(io.earshot.sip.ua.Failure failure) {
                    outcome(false);
                }
            });
        }

        private void outcome(boolean answered) {
            if (stopped || account.isClosed() || phone.isShut()) {
                return;
            }
            if (!reachable.equals(Optional.of(answered))) {
                reachable = Optional.of(answered);
                phone.tell(new PhoneEvent.PeerReachable(account, name, answered));
            }
            schedule();
        }

        void stop() {
            stopped = true;
            if (next != null) {
                next.cancel();
            }
        }
    }

    /** The server of this account, as {@link ServerWatch} asks it. */
    private final class Registrar implements ServerWatch.Line {
        @Override
        public boolean isOpen() {
            return !account.isClosed() && !phone.isShut();
        }

        @Override
        public boolean isRegistered() {
            return account.state() instanceof RegistrationState.Registered;
        }

        @Override
        public void ask(ServerPing.Method method, Consumer<Optional<io.earshot.sip.ua.Failure>> outcome) {
            EngineOptions.this.ask(Addresses.settings(account.config(), Optional.empty()).registrar(), method, new Asker() {
                @Override
                public void answered(Response response, Duration latency) {
                    outcome.accept(Optional.empty());
                }

                @Override
                public void failed(io.earshot.sip.ua.Failure failure) {
                    outcome.accept(Optional.of(failure));
                }
            });
        }

        @Override
        public void lost() {
            context.signalling().engine().register(account.id(), context.now());
        }
    }

    private final EngineContext context;
    private final EnginePhone phone;
    private final EngineAccount account;

    // Confined to the signalling loop.
    private final Map<QueryId, Asked> asked = new HashMap<>();
    private final Map<String, Watch> watches = new HashMap<>();
    private final ServerWatch server;

    EngineOptions(EngineContext context, EnginePhone phone, EngineAccount account) {
        this.context = context;
        this.phone = phone;
        this.account = account;
        this.server = new ServerWatch(context.loop(), new Registrar());
    }

    @Override
    public CompletableFuture<PeerCapabilities> ask(String target) {
        Uri uri = Addresses.target(target, account.config());
        account.checkOpen();
        Promise<PeerCapabilities> promise = new Promise<>(context.callbacks());
        context.loop().execute(() -> ask(uri, ServerPing.Method.OPTIONS, new Asker() {
            @Override
            public void answered(Response response, Duration latency) {
                promise.complete(read(response, latency));
            }

            @Override
            public void failed(io.earshot.sip.ua.Failure failure) {
                promise.fail(Failures.of(failure, uri.toString(), account.user()));
            }
        }));
        return promise.future();
    }

    private static PeerCapabilities read(Response response, Duration latency) {
        String program = response.value(HeaderName.USER_AGENT).or(() -> response.value(HeaderName.SERVER)).orElse("");
        return new PeerCapabilities(response.status(), list(response, HeaderName.ALLOW), list(response, HeaderName.ACCEPT),
                list(response, HeaderName.SUPPORTED), program, latency);
    }

    /** Whatever stands between commas: what is malformed is the peer's affair. */
    private static List<String> list(Response response, HeaderName name) {
        return response.values(name).stream().flatMap(value -> Arrays.stream(value.split(","))).map(String::strip)
                .filter(value -> !value.isEmpty()).toList();
    }

    @Override
    public void keepAlive(Duration interval) {
        checked(interval);
        keepAlive(ServerPing.of(ServerPing.Method.OPTIONS, interval));
    }

    @Override
    public void keepAlive(ServerPing wanted) {
        requireNonNull(wanted, "ping");
        account.checkOpen();
        context.loop().execute(() -> server.set(wanted));
    }

    @Override
    public void watch(String target, Duration interval) {
        long every = checked(interval);
        Uri uri = Addresses.target(target, account.config());
        account.checkOpen();
        context.loop().execute(() -> set(target, uri, every));
    }

    private static long checked(Duration interval) {
        boolean fine = requireNonNull(interval, "interval").isZero()
                || interval.compareTo(Duration.ofSeconds(3)) >= 0 && interval.compareTo(Duration.ofHours(1)) <= 0;
        if (!fine) {
            throw new IllegalArgumentException("interval must be 3 s to 1 h, or zero to stop, not " + Check.text(interval));
        }
        return interval.toNanos();
    }

    // ---- on the loop

    /** The account is registered at this Contact. */
    void registered(Uri contact) {
        server.registered(contact);
    }

    private void set(String name, Uri target, long interval) {
        Optional.ofNullable(watches.remove(name)).ifPresent(Watch::stop);
        if (interval > 0) {
            Watch watch = new Watch(name, target, interval);
            watches.put(name, watch);
            watch.turn();
        }
    }

    private void ask(Uri target, ServerPing.Method method, Asker asker) {
        QueryId query = method == ServerPing.Method.NOTIFY ? context.signalling().engine().notifyAlive(account.id(), target, context.now())
                : context.signalling().engine().options(account.id(), target, context.now());
        asked.put(query, new Asked(target, asker, context.now()));
    }

    /** The engine has an outcome; tells whether it was one of ours. */
    boolean on(SipEvent event) {
        if (event instanceof SipEvent.OptionsAnswered answered) {
            Asked one = asked.remove(answered.query());
            if (one != null) {
                context.routes().trickling().note(one.target.toString(), list(answered.response(), HeaderName.RECV_INFO).stream()
                        .anyMatch("trickle-ice"::equalsIgnoreCase));
                one.asker.answered(answered.response(), Duration.ofNanos(context.now() - one.at));
            }
            return one != null;
        }
        if (event instanceof SipEvent.OptionsFailed failed) {
            Asked one = asked.remove(failed.query());
            if (one != null) {
                one.asker.failed(failed.cause());
            }
            return one != null;
        }
        return false;
    }
}
