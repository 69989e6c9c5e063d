package io.earshot.sip.ua;

/** News of servers and the codec in our ACKs. */
public sealed interface FinalCodecEvent extends SipEvent {
    /**
     * A server does not get along with an ACK that names the chosen codec: with {@link io.earshot.api.codec.FinalCodec#AUTOMATIC} those
     * of later calls by it are empty. {@link SipEngine#emptyAcks} takes it in the engine's next life.
     *
     * @param server names it
     */
    record Stumbled(String server) implements FinalCodecEvent { }
}
