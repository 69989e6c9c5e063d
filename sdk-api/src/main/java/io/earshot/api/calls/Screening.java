package io.earshot.api.calls;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.util.List;

/**
 * Which calls do not get through.
 *
 * @param doNotDisturb what becomes of every call
 * @param blacklist users or numbers whose calls are refused with 603; compared without regard to case
 * @param targetCheck which calls, messages and other requests outside calls get 404 because they are for somebody else or come from
 *     strangers; the phone tells of it by a notice at most once a minute, and keeps nothing
 */
public record Screening(DoNotDisturb doNotDisturb, List<String> blacklist, TargetCheck targetCheck) {
    /** What becomes of calls while nobody wants any. */
    public enum DoNotDisturb {
        /** They ring. */
        OFF,
        /** They get no answer; the caller's patience ends them. */
        IGNORE,
        /** 486 (Busy Here). */
        BUSY,
        /** 480 (Temporarily Unavailable). */
        UNAVAILABLE,
        /** 603 (Decline), which ends the call on every phone of the user. */
        DECLINE
    }

    /** Whom a call, or another request outside calls, must be for; OPTIONS may be for anybody. */
    public enum TargetCheck {
        /** Anybody. */
        NONE,
        /** The user of one of our accounts. */
        USER,
        /** The user of one of our accounts, and from the server that this account is registered at, once it is registered. */
        SERVER
    }

    /** Every call gets through. */
    public static final Screening NONE = new Screening(DoNotDisturb.OFF, List.of(), TargetCheck.NONE);

    /** Copies the list. */
    public Screening {
        requireNonNull(doNotDisturb, "doNotDisturb");
        blacklist = Check.list(blacklist, "blacklist").stream().map(String::strip).filter(entry -> !entry.isEmpty()).toList();
        requireNonNull(targetCheck, "targetCheck");
    }

    /** Returns a copy with this instead. */
    public Screening withDoNotDisturb(DoNotDisturb mode) {
        return new Screening(mode, blacklist, targetCheck);
    }

    /** Returns a copy that refuses these, and no others. */
    public Screening withBlacklist(List<String> users) {
        return new Screening(doNotDisturb, users, targetCheck);
    }

    /** Returns a copy with this check. */
    public Screening withTargetCheck(TargetCheck check) {
        return new Screening(doNotDisturb, blacklist, check);
    }
}
