package io.earshot.sdk.internal.rules;

import io.earshot.api.calls.AutoAnswer;
import io.earshot.api.calls.CallRules;
import io.earshot.api.calls.Dialling;
import java.time.Duration;
import java.util.Optional;

/** The rules of a phone, ready to be asked. Immutable and without telephony: what is asked is answered, nothing is done. */
public final class Rules {
    /** How often a call may have been diverted before we divert it no more. */
    static final int MOST_DIVERSIONS = 10;

    private final CallRules wanted;
    private final NumberRules numbers;
    private final AdvancedRules advanced;

    /**
     * Reads the rules.
     *
     * @throws IllegalArgumentException naming the rewrite rule that cannot be understood
     */
    public Rules(CallRules wanted) {
        this.wanted = wanted;
        this.numbers = NumberRules.parse(wanted.dialling().rewriteRules());
        this.advanced = AdvancedRules.parse(wanted.dialling().advancedRules());
    }

    /** Returns what they were made from. */
    public CallRules wanted() {
        return wanted;
    }

    /**
     * What is dialled, made ready.
     *
     * @param target as for an account: a number, a user or an address
     * @param postDial digits to send once it is answered
     * @param refusal why it must not be called
     */
    public record Dialled(String target, String postDial, Optional<String> refusal) { }

    /**
     * Makes what a person dialled ready.
     *
     * @param ownUser the account's user, which tells whether numbers here have separators
     */
    public Dialled dialled(String text, String ownUser) {
        String plain = text.strip();
        if (plain.indexOf('@') >= 0 || isUri(plain)) {
            return new Dialled(plain, "", Optional.empty());
        }
        int comma = tailOf(plain);
        boolean tail = comma > 0 && plain.substring(comma).chars().allMatch(c -> "0123456789*#ABCDabcd, pPwW".indexOf(c) >= 0);
        String number = clean(tail ? plain.substring(0, comma) : plain, ownUser);
        AdvancedRules.Outcome outcome = advanced.apply(numbers.apply(number), false);
        String prefixed = hasLetters(outcome.number()) || outcome.number().isEmpty() ? outcome.number()
                : wanted.dialling().prefix() + outcome.number();
        String postDial = tail ? plain.substring(plain.charAt(comma) == ',' ? comma + 1 : comma).replace(",", "  ") : "";
        return switch (outcome.act()) {
            case IGNORE, REJECT -> new Dialled(prefixed, postDial, Optional.of("A rewrite rule forbids calling " + number + "."));
            case FORWARD -> new Dialled(outcome.target(), postDial, Optional.empty());
            default -> new Dialled(prefixed, postDial, Optional.empty());
        };
    }

    /** Where the keys for later begin: at a comma, or in what is a number at a p or w; -1 where there are none. */
    private static int tailOf(String plain) {
        int comma = plain.indexOf(',');
        int letter = 0;
        while (letter < plain.length() && "+0123456789*#-. ()".indexOf(plain.charAt(letter)) >= 0) {
            letter++;
        }
        return letter > 1 && letter < plain.length() && "pPwW".indexOf(plain.charAt(letter)) >= 0 ? letter : comma;
    }

    private String clean(String number, String ownUser) {
        Dialling.Normalise mode = wanted.dialling().normalise();
        boolean off = mode == Dialling.Normalise.OFF || mode == Dialling.Normalise.AUTO && !ownUser.equals(stripped(ownUser));
        return off || hasLetters(number) ? number : stripped(number);
    }

    private static String stripped(String number) {
        return number.replaceAll("[.\\-;()\\[\\]: ]", "");
    }

    private static boolean hasLetters(String text) {
        return text.chars().anyMatch(Character::isLetter);
    }

    private static boolean isUri(String text) {
        int colon = text.indexOf(':');
        return colon > 0 && text.substring(0, colon).chars().allMatch(Character::isLetter);
    }

    /**
     * A call that comes in, as far as rules care.
     *
     * @param caller the caller's user or number
     * @param address the caller's address
     * @param otherCalls how many calls are under way beside it
     * @param diversions how often it was diverted before
     * @param askedDelay after how long its headers ask to be answered; empty when they do not
     * @param trusted whether it comes from somebody whose headers count
     * @param transferred whether we ourselves sent it here
     */
    public record Arrival(String caller, String address, int otherCalls, int diversions, Optional<Duration> askedDelay,
            boolean trusted, boolean transferred) { }

    /** What becomes of a call that comes in. */
    public sealed interface Verdict {
        /** It rings, and is answered by itself after some time if there is one. */
        record Ring(Optional<Duration> answerAfter) implements Verdict { }

        /** It gets no answer. */
        record Ignore(String rule) implements Verdict { }

        /** It gets this status. */
        record Refuse(int status, String rule) implements Verdict { }

        /** It is sent on; {@code reason} is the word of RFC 5806, {@code cause} the status of RFC 7044. */
        record Forward(String target, String reason, int cause, String rule) implements Verdict { }

        /** It is answered and transferred. */
        record Transfer(String target, String rule) implements Verdict { }
    }

    /** Decides on a call that comes in. */
    public Verdict judge(Arrival call) {
        int most = wanted.limits().mostCalls();
        if (most >= 0 && call.otherCalls >= most) {
            return new Verdict.Refuse(486, "There are " + call.otherCalls + " calls already, the most is " + most + ".");
        }
        if (isListed(call)) {
            return new Verdict.Refuse(603, call.caller + " is on the black list.");
        }
        AdvancedRules.Outcome outcome = advanced.apply(call.caller, true);
        return switch (outcome.act()) {
            case IGNORE -> new Verdict.Ignore("A rewrite rule ignores " + call.caller + ".");
            case REJECT -> new Verdict.Refuse(603, "A rewrite rule rejects " + call.caller + ".");
            case FORWARD -> forward(call, outcome.target(), "deflection", 480, "A rewrite rule forwards " + call.caller + ".");
            case ANSWER -> new Verdict.Ring(Optional.of(Duration.ZERO));
            default -> disturb(call);
        };
    }

    private boolean isListed(Arrival call) {
        return wanted.screening().blacklist().stream().anyMatch(entry -> entry.equalsIgnoreCase(call.caller)
                || entry.equalsIgnoreCase(call.address) || ("sip:" + entry).equalsIgnoreCase(call.address));
    }

    private Verdict disturb(Arrival call) {
        return switch (wanted.screening().doNotDisturb()) {
            case IGNORE -> new Verdict.Ignore("Calls are not wanted now.");
            case BUSY -> new Verdict.Refuse(486, "Calls are not wanted now.");
            case UNAVAILABLE -> new Verdict.Refuse(480, "Calls are not wanted now.");
            case DECLINE -> new Verdict.Refuse(603, "Calls are not wanted now.");
            case OFF -> deliver(call);
        };
    }

    private Verdict deliver(Arrival call) {
        if (wanted.forwarding().always().isPresent()) {
            return forward(call, wanted.forwarding().always().get(), "unconditional", 302, "Every call is forwarded.");
        }
        if (wanted.forwarding().transferAlways().isPresent() && !call.transferred) {
            return new Verdict.Transfer(wanted.forwarding().transferAlways().get(), "Every call is transferred.");
        }
        if (call.otherCalls > 0 && wanted.forwarding().onBusy().isPresent()) {
            return forward(call, wanted.forwarding().onBusy().get(), "user-busy", 486, "Calls are forwarded while another is under way.");
        }
        if (call.otherCalls > 0 && !wanted.limits().callWaiting()) {
            return new Verdict.Refuse(486, "Another call is under way.");
        }
        return new Verdict.Ring(answerAfter(call));
    }

    private static Verdict forward(Arrival call, String target, String reason, int cause, String rule) {
        return call.diversions >= MOST_DIVERSIONS
                ? new Verdict.Refuse(480, "The call was diverted " + call.diversions + " times already.")
                : new Verdict.Forward(target, reason, cause, rule);
    }

    private Optional<Duration> answerAfter(Arrival call) {
        AutoAnswer.OnRequest obeyed = wanted.autoAnswer().onRequest();
        boolean obeys = obeyed == AutoAnswer.OnRequest.ANYBODY || obeyed == AutoAnswer.OnRequest.TRUSTED && call.trusted;
        if (obeys && call.askedDelay.isPresent()) {
            return call.askedDelay;
        }
        return wanted.autoAnswer().everyCall() ? Optional.of(wanted.autoAnswer().delay()) : Optional.empty();
    }
}
