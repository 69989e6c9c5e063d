package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.Failure;
import io.earshot.api.Transfer;
import io.earshot.api.TransferOptions;
import io.earshot.api.TransferRules;
import io.earshot.api.VoipException;
import io.earshot.api.raw.SipRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** The classic ways to transfer a call (parameters transfertype and its relatives), over the transfers of the modern API. */
final class ClassicTransfers {
    private static final int DISABLED = 0;
    private static final int BLIND = 1;
    private static final int WHEN_THEY_END = 2;
    private static final int WHEN_WE_END = 3;
    private static final int STANDARD = 5;
    private static final int WATCHED = 6;
    private static final int LOOSE = 7;
    private static final int CONFERENCE = 8;
    private static final int HOLD_WHEN_ANSWERED = 3;
    private static final int DOMAIN_OF_TARGET = 1;
    private static final int DOMAIN_OF_BOTH = 3;
    private static final int IN_SILENCE = 1;
    private static final int ALWAYS = 2;
    private static final int SILENCE_MILLIS = 2000;
    private static final int ENDS_NEVER = 0;
    /** Ends when nobody tells what became of the transfer; one more is that or the answer of the target. */
    private static final int ENDS_WHEN_UNTOLD = 2;
    private static final int ENDS_ON_ACCEPTANCE = 4;

    private final ClassicPhone phone;
    private final Supplier<Settings> settings;
    /** Second calls of attended transfers that wait for their end, with the first ones. */
    private final Map<Call, Call> consultations = new ConcurrentHashMap<>();

    /**
     * The parameters.
     *
     * @param type 0 to 8
     * @param replace whether attended transfers use Replaces
     * @param ending discontransfer
     * @param delayMillis transferdelay
     * @param newDialog newdialogforrefer
     * @param hold holdontransfer, 0 to 3
     * @param domain useserverdomainforrefer
     * @param server our server, whose domain that is
     * @param insist whether targets of attended transfers have to understand Replaces
     * @param resume whether a call whose transfer failed is taken off hold
     */
    record Settings(int type, boolean replace, int ending, long delayMillis, boolean newDialog, int hold, int domain,
            Optional<String> server, boolean insist, boolean resume) {
        static Settings of(ClassicParameters from) {
            int given = (int) from.number("transfertype");
            int type = given < 0 ? WATCHED : given;
            int hold = (int) from.number("holdontransfer");
            boolean holding = type == STANDARD || type == WATCHED;
            return new Settings(type, from.number("transfwithreplace") != 0, (int) from.number("discontransfer"),
                    from.number("transferdelay"), from.number("newdialogforrefer") == 1,
                    hold >= 0 ? hold : holding ? HOLD_WHEN_ANSWERED : 0, (int) from.number("useserverdomainforrefer"),
                    from.given("serveraddress"), from.number("pjsua.PJSUA_XFER_NO_REQUIRE_REPLACES") == 0,
                    from.number("checksubscriptionstate") != 0);
        }

        TransferOptions options() {
            TransferOptions options = TransferOptions.DEFAULT;
            if (type != WATCHED && type != STANDARD) {
                options = options.withoutHold();
            }
            if (!insist) {
                options = options.withoutRequireReplaces();
            }
            if (newDialog) {
                options = options.withNewDialog();
            }
            if (server.isPresent() && (domain == DOMAIN_OF_TARGET || domain >= DOMAIN_OF_BOTH)) {
                options = options.withTargetHost(server.get());
            }
            boolean never = ending == ENDS_NEVER || ending == ENDS_WHEN_UNTOLD || ending < 0 && type == LOOSE;
            boolean atOnce = ending == ENDS_ON_ACCEPTANCE || ending < 0 && type == BLIND;
            return options.withEnding(never ? TransferOptions.Ending.NEVER
                    : atOnce ? TransferOptions.Ending.ON_ACCEPTANCE : TransferOptions.Ending.ON_SUCCESS);
        }
    }

    ClassicTransfers(ClassicPhone phone, Supplier<Settings> settings) {
        this.phone = phone;
        this.settings = settings;
    }

    /** Returns what happens when others transfer our calls. */
    static TransferRules rules(ClassicParameters from) {
        long replace = from.number("allowreplace");
        long ending = from.number("disconincomingrefer");
        return TransferRules.DEFAULT.withReplace(replace != 0).withKeepReplaced(replace == 3)
                .withEnding(ending < 0 ? TransferRules.Ending.SOON
                        : ending == 0 ? TransferRules.Ending.NEVER : TransferRules.Ending.AT_ONCE);
    }

    /** Sends a call that rings here elsewhere; for one that is connected there are transfers (B-067). */
    void forward(ClassicLine line, String peer) {
        if (line.call().state() == Call.State.ESTABLISHED) {
            throw bad("The call on line " + line.number() + " is connected and cannot be forwarded any more; use API_Transfer.");
        }
        line.incoming().orElseThrow(() -> bad("Only a call that rings here can be forwarded; the call on line " + line.number()
                + " does not.")).redirect(peer);
    }

    /** Begins a transfer. */
    void start(ClassicLine line, String peer, List<ClassicLine> all) {
        if (settings.get().type == DISABLED) {
            throw bad("Transfers are switched off; set transfertype to something else than 0.");
        }
        Call first = line.call();
        if (first.state() != Call.State.ESTABLISHED) {
            throw bad("Only a connected call can be transferred; the call on line " + line.number() + " is not.");
        }
        if (peer.isBlank()) {
            Call second = all.stream().filter(one -> one != line && all.size() == 2).map(ClassicLine::call).findFirst()
                    .orElseThrow(() -> bad("Say whom to transfer to: without a peer there must be two calls, not " + all.size() + "."));
            join(first, second);
        } else if (settings.get().type == CONFERENCE) {
            phone.parts().conference().add(List.of(line), peer);
        } else if (settings.get().type >= WHEN_THEY_END && settings.get().type <= STANDARD) {
            consult(first, peer);
        } else {
            later(() -> refer(first, options -> first.transfer(peer, options)));
        }
    }

    /** The engine takes a call that it held itself off hold again; where that is not wanted, it is held before. */
    private void refer(Call first, Function<TransferOptions, Transfer> begin) {
        TransferOptions options = settings.get().options();
        if (!options.hold() || settings.get().resume) {
            watch(first, begin.apply(options));
        } else {
            first.holdAsync().whenComplete((held, refused) -> guarded(() -> watch(first, begin.apply(options))));
        }
    }

    private void join(Call first, Call second) {
        if (settings.get().replace) {
            later(() -> refer(first, options -> first.transferTo(second, options)));
        } else {
            phone.parts().lines().all().stream().filter(line -> line.call() == second)
                    .forEach(line -> line.because("disconnect on transfer"));
            second.hangup(); // nothing replaces it, and its peer has to be free for the call that comes
            later(() -> refer(first, options -> first.transfer(second.remote().address(), options)));
        }
    }

    // ---- attended

    private void consult(Call first, String peer) {
        boolean before = settings.get().hold == 1 || settings.get().hold == 2;
        CompletableFuture<Void> held = before ? first.holdAsync() : CompletableFuture.completedFuture(null);
        held.whenComplete((done, refused) -> guarded(() -> consultNow(first, peer)));
    }

    private void consultNow(Call first, String peer) {
        Call second = phone.calls().consult(peer).call();
        consultations.put(second, first);
        AtomicBoolean toHold = new AtomicBoolean(settings.get().hold == HOLD_WHEN_ANSWERED);
        second.onEvent(event -> {
            boolean hears = event instanceof CallEvent.Ringing || event instanceof CallEvent.Answered;
            if (hears && first.state() == Call.State.ESTABLISHED && toHold.compareAndSet(true, false)) {
                first.holdAsync(); // its target is there: B-105
            }
            if (event instanceof CallEvent.Ended ended && consultations.remove(second) != null) {
                onEnded(first, peer, ended);
            }
        });
    }

    /** The consultation ended by itself: the first call goes to its target, or goes on. */
    private void onEnded(Call first, String peer, CallEvent.Ended ended) {
        boolean theirs = ended.by() == CallEvent.Side.REMOTE && ended.record().answered();
        boolean wanted = settings.get().type == WHEN_THEY_END || settings.get().type == WHEN_THEY_END + 2;
        if (theirs && wanted && first.state() == Call.State.ESTABLISHED) {
            later(() -> refer(first, options -> first.transfer(peer, options)));
        } else if (first.state() == Call.State.ESTABLISHED) {
            first.resumeAsync();
        }
    }

    /** Our user hangs up a line; tells whether that is the end of a consultation, which then becomes a transfer. */
    boolean onHangup(ClassicLine line) {
        boolean wanted = settings.get().type >= WHEN_WE_END && settings.get().type <= STANDARD;
        Optional<Call> first = wanted && line.call().state() == Call.State.ESTABLISHED
                ? Optional.ofNullable(consultations.get(line.call())).filter(call -> call.state() == Call.State.ESTABLISHED)
                : Optional.empty();
        if (first.isEmpty()) {
            return false;
        }
        consultations.remove(line.call());
        // The REFER goes to the peer of the first call, or where that knows no REFER, to the other.
        boolean inverse = phone.parameters().number("inversetransfer") == 1;
        join(inverse ? line.call() : first.get(), inverse ? first.get() : line.call());
        return true;
    }

    // ---- helpers

    private void later(Runnable step) {
        Executor executor = CompletableFuture.delayedExecutor(settings.get().delayMillis, TimeUnit.MILLISECONDS);
        executor.execute(() -> guarded(step));
    }

    /** The failure is told by the call's event; only one that never became a transfer is told here. */
    private void watch(Call first, Transfer transfer) {
        long subscribe = phone.parameters().number("subscribefortransfer");
        if (subscribe == ALWAYS) {
            subscribe(first);
        } else if (subscribe == IN_SILENCE) {
            AtomicBoolean told = new AtomicBoolean();
            first.onEvent(event -> told.compareAndSet(false, event instanceof CallEvent.TransferProgress));
            Executor later = CompletableFuture.delayedExecutor(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
            later.execute(() -> guarded(() -> {
                if (!told.get() && !transfer.done().isDone()) {
                    subscribe(first);
                }
            }));
        }
        transfer.done().whenComplete((status, refused) -> {
            if (refused != null) {
                onRefused(first, refused);
            }
        });
    }

    /** Asks for the progress of the transfer, which the REFER has asked for too (RFC 3515 §2.4.4). */
    private void subscribe(Call first) {
        SipRequest request = SipRequest.of("SUBSCRIBE").withHeader("Event", "refer").withHeader("Expires", "60")
                .withHeader("Accept", "message/sipfrag");
        phone.with((engine, account) -> engine.raw().send(first, request));
    }

    /** A transfer did not come about, or nobody told whether it did, which ends our call where the parameters want that (B-117). */
    void onRefused(Call first, Throwable refused) {
        phone.error(refused);
        Throwable cause = refused.getCause() instanceof VoipException inner ? inner : refused;
        boolean untold = cause instanceof VoipException known && known.failure() instanceof Failure.TimedOut;
        int ending = settings.get().ending;
        if (untold && (ending == ENDS_WHEN_UNTOLD || ending == ENDS_WHEN_UNTOLD + 1)) {
            first.hangup();
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (VoipException | IllegalArgumentException refused) {
            phone.error(refused);
        }
    }

    private static VoipException bad(String detail) {
        return new VoipException(new Failure.BadArgument(detail));
    }
}
