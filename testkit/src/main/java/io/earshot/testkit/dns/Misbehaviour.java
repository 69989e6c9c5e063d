package io.earshot.testkit.dns;

/** What a {@link TestDnsServer} can do to a client instead of answering properly. */
public enum Misbehaviour {
    /** Says nothing. */
    SILENT,
    /** Keeps the questions, and answers them at {@link TestDnsServer#release()}. */
    HELD,
    /** Answers SERVFAIL. */
    SERVER_FAILURE,
    /** Answers REFUSED. */
    REFUSED,
    /** Answers FORMERR to questions with EDNS (RFC 6891 §7), as servers of old do, and others properly. */
    NO_EDNS,
    /** Sets the TC bit on UDP, whatever the size. */
    TRUNCATED,
    /** Sets the TC bit on UDP and closes TCP connections without an answer. */
    TRUNCATED_WITHOUT_TCP,
    /** Sends three forgeries first: with another identifier, for another name, and with the QR bit clear. */
    FORGED,
    /** Sends the right identifier and rubbish after the question. */
    BROKEN,
    /** Tells a name's alias and not what that leads to, as a server may that knows only this zone: the client has to ask again. */
    ALIAS_ALONE,
    /** Refers to other servers instead of looking names up (no recursion). */
    LAME
}
