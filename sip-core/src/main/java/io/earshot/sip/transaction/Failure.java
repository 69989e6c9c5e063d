package io.earshot.sip.transaction;

/** Why a transaction failed without a message of the peer's to tell it. */
public enum Failure {
    /** Nothing came in time: a client's user treats it as a received 408, a server's as an ACK that never came or its own lateness. */
    TIMEOUT,
    /** The message could not be sent: a client's user treats it as a received 503 (RFC 3261 §8.1.3.1). */
    TRANSPORT
}
