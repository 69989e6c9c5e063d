package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.Failure;
import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationState;
import io.earshot.api.VoipException;
import io.earshot.api.calls.AnswerMode;
import io.earshot.api.calls.CallRules;
import io.earshot.api.calls.Dialling;
import io.earshot.api.calls.Forwarding;
import io.earshot.api.calls.Screening;
import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.rules.Rules;
import io.earshot.sip.identity.CallerIdentity;
import io.earshot.sip.identity.Diversion;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.Admission;
import io.earshot.sip.ua.SessionId;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Puts the phone's rules into practice: asks {@link Rules}, and does what they say. Confined to the loop but where it says otherwise. */
final class RuleBook {
    private static final long AT_ONCE = 6 * Ticker.SECOND;
    private static final int MOST_REMEMBERED = 64;

    private final EngineContext context;
    private final EnginePhone phone;
    private final Published<Rules> rules = new Published<>(new Rules(CallRules.NONE));
    private final Published<Optional<String>> lastDialled = new Published<>(Optional.empty());
    /** When each number was called last. */
    private final Map<String, Long> called = new LinkedHashMap<>();
    /** Calls that a rule deals with, which keep nobody busy. */
    private final Set<CallSession> handled = new HashSet<>();
    private final TransferRule transfers;

    RuleBook(EngineContext context, EnginePhone phone) {
        this.context = context;
        this.phone = phone;
        this.transfers = new TransferRule(context);
    }

    /** Returns the rules in force; from any thread. */
    CallRules wanted() {
        return rules.get().wanted();
    }

    /** Puts rules into force; from any thread. */
    void wanted(CallRules changed) {
        try {
            rules.set(new Rules(requireNonNull(changed, "rules")));
            context.loop().execute(() -> context.signalling().engine().admission().admit(admitted(changed.screening().targetCheck())));
        } catch (IllegalArgumentException malformed) {
            throw Addresses.bad("The call rules cannot be used: " + malformed.getMessage() + ".");
        }
    }

    private static Admission.From admitted(Screening.TargetCheck check) {
        return switch (check) {
            case NONE -> Admission.From.ANYBODY;
            case USER -> Admission.From.WHO_KNOWS_US;
            case SERVER -> Admission.From.OUR_SERVERS;
        };
    }

    // ---- calls of ours

    /**
     * Whom to call, and what to send then.
     *
     * @param known takes, on the loop, the id under which the engine knows the call; a plan that has one is part of a transfer, which has
     *     been allowed already and is not tried again
     */
    record Plan(Uri target, String postDial, Optional<Consumer<SessionId>> known) {
        /** A call that a transfer makes. */
        static Plan transfer(Uri target, Consumer<SessionId> known) {
            return new Plan(target, "", Optional.of(known));
        }
    }

    /** Makes what a program dials ready; from any thread. */
    Plan plan(String text, EngineAccount account) {
        Rules now = rules.get();
        Rules.Dialled dialled = now.dialled(requireNonNull(text, "target"), ownUser(account));
        if (dialled.refusal().isPresent()) {
            throw new VoipException(new Failure.Forbidden(dialled.refusal().get()));
        }
        Uri target = direct(Addresses.target(dialled.target(), account.config()), account, now.wanted().dialling().directCalls());
        lastDialled.set(Optional.of(text));
        return new Plan(target, dialled.postDial(), Optional.empty());
    }

    /** Returns what was dialled last; from any thread. */
    String lastDialled() {
        return lastDialled.get().orElseThrow(() -> Addresses.bad("There is no number to redial: nothing has been called yet."));
    }

    private static Uri direct(Uri target, EngineAccount account, Dialling.DirectCalls allowed) {
        SipUri home = (SipUri) Addresses.target(account.address(), account.config());
        if (allowed == Dialling.DirectCalls.ANY || !(target instanceof SipUri sip) || sip.host().equalsIgnoreCase(home.host())) {
            return target;
        }
        if (allowed == Dialling.DirectCalls.USER_ONLY && sip.user().isPresent()) {
            return home.withUser(sip.decodedUser().orElse(""));
        }
        if (allowed == Dialling.DirectCalls.IP_ADDRESSES && Addresses.literal(sip.host(), sip.port()).isPresent()) {
            return target;
        }
        throw new VoipException(new Failure.Forbidden("The address " + target + " is not at " + home.host()
                + ", and the call rules allow no direct calls to other domains."));
    }

    /** Returns why a call of ours must not be made now; notes it otherwise. */
    Optional<Failure> refusal(CallSession session, Uri target) {
        CallRules now = rules.get().wanted();
        Account account = session.handle().account();
        int others = live(session).size();
        if (now.dialling().registeredOnly() && !(account.state() instanceof RegistrationState.Registered)) {
            return forbidden("The account " + account.address() + " is not registered, and the call rules want that before calls.");
        }
        if (now.limits().mostCalls() >= 0 && others >= now.limits().mostCalls()) {
            return forbidden("There are " + others + " calls already, the most is " + now.limits().mostCalls() + ".");
        }
        String number = target.toString();
        long since = context.now() - called.getOrDefault(number, -AT_ONCE);
        Dialling.SameNumber same = now.dialling().sameNumber();
        boolean talking = live(session).stream().filter(other -> same == Dialling.SameNumber.NOT_WHILE_TALKING
                || other.handle().direction() == Call.Direction.OUTGOING)
                .anyMatch(other -> other.handle().remote().address().equals(number));
        if (same != Dialling.SameNumber.ALLOW && since < AT_ONCE) {
            return forbidden(number + " was called less than 6 s ago.");
        }
        if (same.compareTo(Dialling.SameNumber.NOT_TWICE) >= 0 && talking) {
            return forbidden("There is a call with " + number + " already.");
        }
        called.remove(number);
        called.put(number, context.now());
        if (called.size() > MOST_REMEMBERED) {
            called.remove(called.keySet().iterator().next());
        }
        return Optional.empty();
    }

    private static Optional<Failure> forbidden(String why) {
        return Optional.of(new Failure.Forbidden(why));
    }

    // ---- calls that come in

    /** Tells whether what a call asserts counts: it comes from the account's server, or from a peer that is named as trusted. */
    boolean isTrusted(EngineAccount account, Request invite) {
        return Addresses.source(invite).map(source -> context.signalling().engine().extras().isServer(account.id(), source.getAddress())
                || account.config().identity().trusted().contains(Signalling.plainIp(source.getAddress()))).orElse(false);
    }

    /** Tells whether what a message of a call's peer asserts counts: responses come the way that our request took. */
    boolean isTrusted(EngineCall call, SipMessage message) {
        EngineAccount account = (EngineAccount) call.account();
        return message instanceof Request request ? isTrusted(account, request) : account.state() instanceof RegistrationState.Registered;
    }

    /** Judges a call that came in, and does what a rule wants; what is left to be done with one that is to ring comes back. */
    Optional<Rules.Verdict.Ring> take(EngineIncomingCall incoming, EngineAccount account, Request invite) {
        CallSession session = incoming.session();
        Rules.Verdict verdict = rules.get().judge(arrival(session, account, invite));
        if (verdict instanceof Rules.Verdict.Ring ring) {
            return Optional.of(ring);
        }
        handled.add(session);
        incoming.claim();
        if (verdict instanceof Rules.Verdict.Refuse refuse) {
            tell(session, refuse.rule());
            session.reject(refuse.status(), List.of());
        } else if (verdict instanceof Rules.Verdict.Forward forward) {
            tell(session, forward.rule());
            forward(incoming, forward.target(), forward.reason(), forward.cause());
        } else if (verdict instanceof Rules.Verdict.Transfer transfer) {
            tell(session, transfer.rule());
            transfers.answer(incoming, transfer.target());
        } else if (verdict instanceof Rules.Verdict.Ignore ignore) {
            tell(session, ignore.rule());
        }
        return Optional.empty();
    }

    private Rules.Arrival arrival(CallSession session, EngineAccount account, Request invite) {
        boolean trusted = isTrusted(account, invite);
        Uri caller = CallerIdentity.of(invite, trusted).best().uri();
        Optional<Duration> asked = DetailsReader.answerMode(invite).filter(AnswerMode::automatic).map(AnswerMode::delay);
        return new Rules.Arrival(userOf(caller), caller.toString(), live(session).size(), Diversion.count(invite), asked, trusted,
                TransferRule.isOurs(account, invite));
    }

    /** Starts what is to happen to a call that rings. */
    void ringing(EngineIncomingCall incoming, Rules.Verdict.Ring ring) {
        Forwarding forwarding = wanted().forwarding();
        ring.answerAfter().ifPresent(wait -> later(wait, incoming::answerByRule));
        if (ring.answerAfter().isEmpty() && forwarding.onNoAnswer().isPresent()) {
            later(forwarding.noAnswerAfter(), () -> {
                if (incoming.session().handle().state() == Call.State.RINGING && incoming.claim()) {
                    handled.add(incoming.session());
                    forward(incoming, forwarding.onNoAnswer().get(), "no-answer", 408);
                }
            });
        }
    }

    private void later(Duration wait, Runnable what) {
        if (wait.isZero()) {
            what.run();
        } else {
            context.loop().schedule(wait.toNanos(), what);
        }
    }

    private void forward(EngineIncomingCall incoming, String target, String reason, int cause) {
        try {
            incoming.redirect(Addresses.target(target, incoming.account().config()), reason, cause);
        } catch (VoipException noAddress) {
            incoming.session().refuse(480, List.of(), noAddress.failure());
        }
    }

    private void tell(CallSession session, String rule) {
        phone.tell(new PhoneEvent.CallHandled(session.handle(), rule));
    }

    /** A call is established: it must not last for ever. */
    void established(CallSession session) {
        Duration longest = wanted().limits().longestCall();
        if (!longest.isZero()) {
            session.endAfter(longest);
        }
    }

    /** A call is over. */
    void ended(CallSession session) {
        handled.remove(session);
    }

    /** Returns the calls beside this one that keep somebody busy. */
    private List<CallSession> live(CallSession beside) {
        return phone.live().stream().filter(other -> other != beside && !other.isOver() && !handled.contains(other)).toList();
    }

    private static String ownUser(EngineAccount account) {
        return userOf(Addresses.target(account.address(), account.config()));
    }

    private static String userOf(Uri uri) {
        return uri instanceof SipUri sip ? sip.decodedUser().orElse("")
                : uri instanceof io.earshot.sip.message.TelUri tel ? tel.digits() : "";
    }
}
