package io.earshot.api.codec.spi;

import java.util.List;
import java.util.Optional;

/**
 * Offers the codecs of one family. Stateless, callable from any thread, found by {@link java.util.ServiceLoader}; declare it in
 * {@code module-info} and in {@code META-INF/services}.
 */
public interface AudioCodecProvider {
    /** Returns what this provider offers, best first; never empty. */
    List<CodecDescriptor> codecs();

    /**
     * Returns the parameters to put into an offer of the codec, {@link FormatParameters#NONE} unless the codec has some.
     *
     * @param codec one of {@link #codecs()}
     */
    default FormatParameters offer(CodecDescriptor codec) {
        return FormatParameters.NONE;
    }

    /**
     * Returns our parameters in answer to those of the peer's offer, or empty when the two cannot be joined and the format must be
     * refused. Parameters that are not understood are ignored, as most codecs' RFCs ask.
     *
     * @param codec one of {@link #codecs()}
     * @param offered what the peer's {@code a=fmtp} said
     */
    default Optional<FormatParameters> answer(CodecDescriptor codec, FormatParameters offered) {
        return Optional.of(offer(codec));
    }

    /**
     * Returns the parameters that tell a peer whether silence is suppressed; {@link FormatParameters#NONE} for a codec without any for
     * that. They are joined with those of {@link #offer} and {@link #answer}.
     *
     * @param codec one of {@link #codecs()}
     * @param suppressed whether silence need not be sent
     */
    default FormatParameters silence(CodecDescriptor codec, boolean suppressed) {
        return FormatParameters.NONE;
    }

    /**
     * Returns the codec as it is with these parameters. It differs from {@code codec} at most in the frame length and the preferred packet
     * time, where a parameter decides on those, as {@code mode} does for iLBC.
     *
     * @param codec one of {@link #codecs()}
     * @param local what we told the peer
     * @param remote what the peer told us
     */
    default CodecDescriptor negotiated(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        return codec;
    }

    /**
     * Returns how much of a processor the codec takes. Of codecs of the same priority the lighter one goes first; in all else it is for
     * applications to look at.
     *
     * @param codec one of {@link #codecs()}
     */
    default CodecCost cost(CodecDescriptor codec) {
        return CodecCost.MODERATE;
    }

    /**
     * Returns an independent codec, which the caller confines to one thread and closes.
     *
     * @param codec one of {@link #codecs()}, or what {@link #negotiated} made of it
     * @param local what we told the peer
     * @param remote what the peer told us
     */
    AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote);
}
