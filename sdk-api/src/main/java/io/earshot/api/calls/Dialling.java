package io.earshot.api.calls;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;

/**
 * How what is dialled becomes an address, and which may be called. Numbers are cleaned, rewritten, prefixed, in this order; a full SIP
 * address is left as it is.
 *
 * @param normalise whether {@code . - ; ( ) [ ] :} and spaces are removed from numbers
 * @param rewriteRules rules {@code from;to;minlength;maxlength} separated by commas, lengths optional; the first that matches the beginning
 *     of the number counts, as {@code 07;00407;8;12,74;004074}
 * @param advancedRules rules of eight fields, each rule begun by {@code ;} or {@code _P_}, separated by commas or {@code _L_}: sessions,
 *     condition, text, least length, action, rewrite from, string, stop; they serve calls that come in too
 * @param prefix put before every number
 * @param directCalls whether addresses of other domains may be called
 * @param registeredOnly whether an account must be registered to call
 * @param sameNumber whether the same number may be called twice
 */
public record Dialling(Normalise normalise, String rewriteRules, String advancedRules, String prefix, DirectCalls directCalls,
        boolean registeredOnly, SameNumber sameNumber) {
    /** Whether numbers are cleaned. */
    public enum Normalise {
        /** As dialled. */
        OFF,
        /** Unless the account's own user name has such characters. */
        AUTO,
        /** Always. */
        ON
    }

    /** Whether addresses of other domains may be called. */
    public enum DirectCalls {
        /** The user part alone counts, at the account's own domain. */
        USER_ONLY,
        /** IP addresses and the account's own domain. */
        IP_ADDRESSES,
        /** Any. */
        ANY
    }

    /** Whether a number may be called again. */
    public enum SameNumber {
        /** At any time. */
        ALLOW,
        /** Not within 6 s of the last time. */
        NOT_AT_ONCE,
        /** Nor while a call of ours with it is under way. */
        NOT_TWICE,
        /** Nor while any call with it is under way, either way. */
        NOT_WHILE_TALKING
    }

    /** As dialled, anywhere. */
    public static final Dialling PLAIN = new Dialling(Normalise.OFF, "", "", "", DirectCalls.ANY, false, SameNumber.ALLOW);

    /** Checks the parts; the rules are checked when they are put into force. */
    public Dialling {
        requireNonNull(normalise, "normalise");
        requireNonNull(rewriteRules, "rewriteRules");
        requireNonNull(advancedRules, "advancedRules");
        Check.line(prefix, "prefix");
        requireNonNull(directCalls, "directCalls");
        requireNonNull(sameNumber, "sameNumber");
    }

    /** Returns a copy that cleans numbers so. */
    public Dialling withNormalise(Normalise mode) {
        return new Dialling(mode, rewriteRules, advancedRules, prefix, directCalls, registeredOnly, sameNumber);
    }

    /** Returns a copy with these rewrite rules. */
    public Dialling withRewriteRules(String rules) {
        return new Dialling(normalise, rules, advancedRules, prefix, directCalls, registeredOnly, sameNumber);
    }

    /** Returns a copy with these advanced rules. */
    public Dialling withAdvancedRules(String rules) {
        return new Dialling(normalise, rewriteRules, rules, prefix, directCalls, registeredOnly, sameNumber);
    }

    /** Returns a copy that puts this before numbers. */
    public Dialling withPrefix(String text) {
        return new Dialling(normalise, rewriteRules, advancedRules, text, directCalls, registeredOnly, sameNumber);
    }

    /** Returns a copy that allows these addresses. */
    public Dialling withDirectCalls(DirectCalls allowed) {
        return new Dialling(normalise, rewriteRules, advancedRules, prefix, allowed, registeredOnly, sameNumber);
    }

    /** Returns a copy that calls only while registered. */
    public Dialling withRegisteredOnly() {
        return new Dialling(normalise, rewriteRules, advancedRules, prefix, directCalls, true, sameNumber);
    }

    /** Returns a copy that allows the same number so. */
    public Dialling withSameNumber(SameNumber allowed) {
        return new Dialling(normalise, rewriteRules, advancedRules, prefix, directCalls, registeredOnly, allowed);
    }
}
